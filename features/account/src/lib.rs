//! Opening and keeping one's space: activation, sign-in, sessions.
