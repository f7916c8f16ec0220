//! E-mail by an SMTP relay; SMS by a gateway; Web Push by browsers' services; letters as files that somebody prints.

use std::{
    future::Future,
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    pin::Pin,
};

use access::{Channel, Message, Post};
use anyhow::{Context, bail};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor, message::Mailbox,
    message::header::ContentType,
};

use crate::{push::Pusher, settings::Settings, sms::Gateway};

/// Hands e-mails to a relay, SMS to a gateway, notices to devices, and letters to a folder.
pub struct Relay {
    from: Mailbox,
    letters: Option<PathBuf>,
    push: Option<Pusher>,
    sms: Option<Gateway>,
    transport: Option<AsyncSmtpTransport<Tokio1Executor>>,
}

impl Relay {
    /// The relay of the settings; without one, messages wait and are tried again.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn new(settings: &Settings) -> anyhow::Result<Self> {
        let from = settings
            .get("mail.from")
            .parse()
            .context("setting mail.from")?;
        let transport = match settings.get("mail.relay") {
            "" => None,
            relay => {
                let (host, port) = relay
                    .split_once(':')
                    .context("setting mail.relay is host:port")?;
                let port = port.parse().context("the port of mail.relay")?;
                let loopback = matches!(host, "localhost" | "127.0.0.1" | "::1");
                let builder = if loopback {
                    AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
                } else {
                    AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host)?
                };
                Some(builder.port(port).build())
            }
        };
        let letters = match settings.get("letters.folder") {
            "" => None,
            folder => Some(PathBuf::from(folder)),
        };
        Ok(Self {
            from,
            letters,
            push: Pusher::new(settings)?,
            sms: Gateway::new(settings)?,
            transport,
        })
    }

    /// Whether the relay answers.
    ///
    /// # Errors
    /// When it does not, or there is none.
    pub async fn answers(&self) -> anyhow::Result<()> {
        let Some(transport) = &self.transport else {
            bail!("no mail relay is configured")
        };
        match transport.test_connection().await? {
            true => Ok(()),
            false => bail!("it refuses this machine"),
        }
    }
}

impl Post for Relay {
    fn send(
        &self,
        message: Message,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>> {
        Box::pin(async move {
            match message.channel {
                Channel::Email => {}
                Channel::Sms => {
                    let gateway = self.sms.as_ref().context("no SMS gateway is configured")?;
                    return gateway.send(&message).await;
                }
                Channel::Push => {
                    let push = self
                        .push
                        .as_ref()
                        .context("no key of Web Push is configured")?;
                    return push.send(&message).await;
                }
                Channel::Letter => {
                    let folder = self.letters.clone();
                    let folder = folder.context("no folder of letters is configured")?;
                    let put = tokio::task::spawn_blocking(move || put(&folder, &message));
                    return put.await?;
                }
            }
            let Some(transport) = &self.transport else {
                bail!("no mail relay is configured")
            };
            let email = lettre::Message::builder()
                .from(self.from.clone())
                .to(message.to.parse().context("the address of a message")?)
                .subject(message.subject)
                .header(ContentType::TEXT_PLAIN)
                .body(message.body)?;
            transport.send(email).await?;
            Ok(())
        })
    }

    fn takes(&self, channel: Channel) -> bool {
        match channel {
            // Without a relay they wait, and the operator is told of it.
            Channel::Email => true,
            Channel::Sms => self.sms.is_some(),
            Channel::Letter => self.letters.is_some(),
            Channel::Push => self.push.is_some(),
        }
    }

    fn push_key(&self) -> Option<&str> {
        self.push.as_ref().map(Pusher::key)
    }

    fn reaches(&self, to: &push::Subscription) -> bool {
        self.push.as_ref().is_some_and(|push| push.reaches(to))
    }
}

/// Puts a letter into the folder, under the next number that is free; whole before it is seen.
pub(crate) fn put(folder: &Path, letter: &Message) -> anyhow::Result<()> {
    let made = std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder);
    made.context("the folder of letters")?;
    for n in 1.. {
        let (whole, part) = (
            folder.join(format!("lettre-{n:05}.txt")),
            folder.join(format!(".lettre-{n:05}.part")),
        );
        if whole.exists() {
            continue;
        }
        let opened = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&part);
        let mut file = match opened {
            // Another is being written under that number.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => continue,
            other => other.context("a letter")?,
        };
        let Message {
            to, subject, body, ..
        } = letter;
        write!(file, "{to}\n\n\n{subject}\n\n{body}\n").context("a letter")?;
        file.sync_all().context("a letter")?;
        std::fs::rename(&part, &whole).context("a letter")?;
        std::fs::File::open(folder)?.sync_all()?;
        return Ok(());
    }
    bail!("the folder of letters is full")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[tokio::test]
    async fn a_letter_waits_in_its_folder_to_be_printed() {
        let folder = std::env::temp_dir().join(format!("carnet-letters-{}", std::process::id()));
        let mut settings = Settings::default();
        let letter = |code: &str| Message {
            channel: Channel::Letter,
            to: "Zoé Essai\n1 rue de l’Exemple\n99999 Villefictive".to_owned(),
            subject: "Votre code".to_owned(),
            body: format!("Votre code : {code}"),
        };
        let none = Relay::new(&settings).expect("a relay");
        assert!(none.send(letter("A")).await.is_err(), "no folder is said");
        settings.set("letters.folder", folder.to_string_lossy());
        let relay = Relay::new(&settings).expect("a relay");
        for code in ["ABCD2345", "WXYZ6789"] {
            relay.send(letter(code)).await.expect("written");
        }
        let read = |name| std::fs::read_to_string(folder.join(name)).expect("a letter");
        assert!(read("lettre-00001.txt").starts_with("Zoé Essai\n1 rue"));
        assert!(read("lettre-00002.txt").contains("WXYZ6789"));
        let mode = std::fs::metadata(folder.join("lettre-00001.txt")).expect("there");
        assert_eq!(mode.permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 2);
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
