//! The professional's side: sign-in, patient, consent, consultation.
