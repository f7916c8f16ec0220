//! Medical documents: add, find, read, hide, delete, and deposit by machine.
