//! The way out against servers on this machine.

mod plain;
mod server;
mod tls;
