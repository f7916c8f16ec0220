//! E-mail by an SMTP relay.

use std::{future::Future, pin::Pin};

use access::{Channel, Message, Post};
use anyhow::{Context, bail};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor, message::Mailbox,
    message::header::ContentType,
};

use crate::settings::Settings;

/// Hands e-mails to a relay. SMS need a gateway, which is not there yet.
pub struct Relay {
    from: Mailbox,
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
        Ok(Self { from, transport })
    }
}

impl Post for Relay {
    fn send(
        &self,
        message: Message,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>> {
        Box::pin(async move {
            if message.channel == Channel::Sms {
                bail!("no SMS gateway is configured");
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
}
