//! Web Push as pure functions: what a browser subscribes with (W3C Push API), the message that only
//! that browser reads (RFC 8291, RFC 8188), who sends it (VAPID, RFC 8292), the request (RFC 8030).
//!
//! No socket: the caller posts the request, to hosts that it allows, and reads the status:
//! [`is_gone`] says that the subscription is to be forgotten.

mod message;
mod subscription;
mod vapid;

pub use message::encrypt;
pub use subscription::{BadSubscription, Subscription};
pub use vapid::Vapid;

use http::{Request, StatusCode, header};

/// How urgently a browser is woken (RFC 8030 §5.3): what is not urgent waits for the phone's charger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// As messages are.
    Normal,
    /// At once.
    High,
}

/// How long a push service keeps what it could not hand over yet: three days, in seconds.
const KEPT: u32 = 3 * 24 * 3_600;

/// The request that hands a message over.
///
/// # Errors
/// [`BadSubscription`] when the endpoint is no address.
pub fn request(
    to: &Subscription,
    authorization: &str,
    urgency: Urgency,
    body: Vec<u8>,
) -> Result<Request<Vec<u8>>, BadSubscription> {
    let urgency = match urgency {
        Urgency::Normal => "normal",
        Urgency::High => "high",
    };
    Request::post(&to.endpoint)
        .header(header::AUTHORIZATION, authorization)
        .header(header::CONTENT_ENCODING, "aes128gcm")
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .header("ttl", KEPT)
        .header("urgency", urgency)
        .body(body)
        .map_err(|_| BadSubscription::Endpoint)
}

/// Whether an answer says that the subscription exists no more (RFC 8030 §7.3).
pub fn is_gone(status: StatusCode) -> bool {
    status == StatusCode::NOT_FOUND || status == StatusCode::GONE
}
