//! Password hashes: argon2id, a few at a time, and as much work for a name that does not exist.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use ambient::Random;
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::{self, Output, ParamsString, PasswordHash, Salt},
};
use tokio::sync::Semaphore;

/// What one hash costs.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Memory, in kibibytes.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// How many hashes may run at once; the others wait.
    pub at_once: usize,
}

impl Default for Cost {
    /// OWASP's advice for argon2id (19 MiB, 2 passes), two at a time.
    fn default() -> Self {
        Self {
            memory: 19_456,
            passes: 2,
            at_once: 2,
        }
    }
}

impl Cost {
    /// Next to nothing: for tests only.
    pub fn light() -> Self {
        Self {
            memory: 8,
            passes: 1,
            at_once: 2,
        }
    }
}

/// Hashes and verifies passwords.
pub struct Passwords {
    argon2: Argon2<'static>,
    room: Semaphore,
    /// The hash of a password that nobody has.
    nobody: String,
    runs: AtomicU64,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passwords")
    }
}

impl Passwords {
    /// Passwords at a cost.
    ///
    /// # Errors
    /// When the cost is outside what argon2 takes.
    pub fn new(cost: Cost, random: &dyn Random) -> anyhow::Result<Arc<Self>> {
        let params = Params::new(cost.memory, cost.passes, 1, None)
            .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
        let nobody = nobody(&params, random).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(Arc::new(Self {
            argon2,
            room: Semaphore::new(cost.at_once.max(1)),
            nobody,
            runs: AtomicU64::new(0),
        }))
    }

    /// The hash of a new password (PHC string).
    ///
    /// # Errors
    /// When argon2 fails.
    pub async fn hash(&self, password: &str, random: &dyn Random) -> anyhow::Result<String> {
        let _place = self.room.acquire().await?;
        self.runs.fetch_add(1, Ordering::Relaxed);
        let salt = random.id().0;
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        tokio::task::spawn_blocking(move || salted(&argon2, password.as_bytes(), &salt)).await?
    }

    /// Whether the password is that of `known`. Without a hash to compare with, does the same
    /// work and says no.
    ///
    /// # Errors
    /// When argon2 fails.
    pub async fn verify(&self, password: &str, known: Option<&str>) -> anyhow::Result<bool> {
        let _place = self.room.acquire().await?;
        self.runs.fetch_add(1, Ordering::Relaxed);
        let hash = known.unwrap_or(&self.nobody).to_owned();
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let right = tokio::task::spawn_blocking(move || {
            let parsed = PasswordHash::new(&hash)?;
            let right = argon2.verify_password(password.as_bytes(), &parsed);
            Ok::<_, argon2::password_hash::phc::Error>(right.is_ok())
        });
        let right = right
            .await?
            .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
        Ok(right && known.is_some())
    }

    /// How many hashes were made so far: a measure of effort.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }
}

/// A hash that no password has: drawn, not computed, so that a start needs no room for one.
fn nobody(params: &Params, random: &dyn Random) -> Result<String, phc::Error> {
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).map_err(|_| phc::Error::ParamsMaxExceeded)?,
        salt: Some(Salt::new(&random.id().0)?),
        hash: Some(Output::new(&random.key())?),
    };
    Ok(hash.to_string())
}

fn salted(argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> anyhow::Result<String> {
    let hash: PasswordHash = argon2
        .hash_password_with_salt(password, salt)
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ambient::SeededRandom;

    #[tokio::test]
    async fn a_name_that_does_not_exist_costs_as_much() {
        let random = SeededRandom::new(1);
        let passwords = Passwords::new(Cost::light(), &random).unwrap();
        let known = passwords.hash("Cerisier-29", &random).await.unwrap();
        assert!(known.starts_with("$argon2id$"));
        let before = passwords.runs();
        assert!(passwords.verify("Cerisier-29", Some(&known)).await.unwrap());
        assert!(!passwords.verify("Cerisier-30", Some(&known)).await.unwrap());
        assert!(!passwords.verify("Cerisier-29", None).await.unwrap());
        assert_eq!(passwords.runs() - before, 3);
    }
}
