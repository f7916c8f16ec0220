//! A message that one browser reads (RFC 8291), as content of one record (RFC 8188).

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{self, ECDH_P256, PrivateKey, UnparsedPublicKey},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
};

use crate::{BadSubscription, Subscription};

/// Size of a record, as the head says it; what every push service takes.
const RECORD: u32 = 4_096;

/// Longest text, so that all is one record: less its mark and the cipher's tag.
const LONGEST: usize = 3_900;

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// Encrypts a text for a browser; longer ones are cut. `secret` and `salt` are random and serve once.
///
/// # Errors
/// [`BadSubscription`] when its keys are none, or `secret` is none (one in 2³²).
pub fn encrypt(
    to: &Subscription,
    text: &[u8],
    secret: &[u8; 32],
    salt: [u8; 16],
) -> Result<Vec<u8>, BadSubscription> {
    let keys = to.keys()?;
    let own = PrivateKey::from_private_key(&ECDH_P256, secret);
    let own = own.map_err(|_| BadSubscription::Keys)?;
    let public = own.compute_public_key();
    let public = public.map_err(|_| BadSubscription::Keys)?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, &keys.public);
    let shared = agreement::agree(&own, theirs, BadSubscription::Keys, |shared| {
        Ok(Salt::new(HKDF_SHA256, &keys.auth).extract(shared))
    })?;
    let info = [b"WebPush: info\0", &keys.public[..], public.as_ref()].concat();
    let mut material = [0; 32];
    expand(&shared, &info, &mut material);
    let content = Salt::new(HKDF_SHA256, &salt).extract(&material);
    let (mut key, mut nonce) = ([0; 16], [0; 12]);
    expand(&content, b"Content-Encoding: aes128gcm\0", &mut key);
    expand(&content, b"Content-Encoding: nonce\0", &mut nonce);
    let mut sealed = text[..text.len().min(LONGEST)].to_vec();
    // The mark of the last record (RFC 8188 §2).
    sealed.push(2);
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("a 128-bit key"));
    key.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::empty(),
        &mut sealed,
    )
    .expect("no message is longer than the cipher takes");
    let length = u8::try_from(public.as_ref().len()).expect("65");
    let head = [&salt[..], &RECORD.to_be_bytes(), &[length], public.as_ref()];
    Ok([&head.concat()[..], &sealed].concat())
}

fn expand(from: &Prk, info: &[u8], into: &mut [u8]) {
    let info = [info];
    let material = from.expand(&info, Length(into.len()));
    let filled = material.and_then(|material| material.fill(into));
    filled.expect("a length that HKDF gives");
}

#[cfg(test)]
mod tests {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

    use super::*;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).expect("base64url");
        bytes.try_into().expect("of that length")
    }

    /// RFC 8291, section 5 and appendix A.
    #[test]
    fn the_standard_s_example_comes_out_to_the_byte() {
        let to = Subscription {
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".to_owned(),
            p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                .to_owned(),
            auth: "BTBZMqHH6r4Tts7J_aSIgg".to_owned(),
        };
        let secret = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw");
        let text = b"When I grow up, I want to be a watermelon";
        let sealed = encrypt(&to, text, &secret, salt).expect("encrypted");
        assert_eq!(
            BASE64_URL_SAFE_NO_PAD.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
             mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
             pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn a_message_is_one_record_however_long() {
        let to = Subscription {
            endpoint: String::new(),
            p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                .to_owned(),
            auth: "BTBZMqHH6r4Tts7J_aSIgg".to_owned(),
        };
        let sealed = encrypt(&to, &[b'a'; 10_000], &[7; 32], [1; 16]).expect("encrypted");
        assert!(sealed.len() <= RECORD as usize);
        assert!(encrypt(&to, b"a", &[0; 32], [1; 16]).is_err(), "no secret");
    }
}
