-- How far the register of erasures was followed in this key store.
CREATE TABLE key_mark (
    name TEXT NOT NULL PRIMARY KEY,
    n BIGINT NOT NULL
) /*clustered*/;
INSERT INTO key_mark (name, n) VALUES ('erasures', 0);
-- The oldest generation of the key-encryption key that may wrap a new key.
INSERT INTO key_mark (name, n) VALUES ('kek', 1);
-- Backups of this store that may still exist: until they expire, they hold the keys of who was
-- erased since.
CREATE TABLE key_backup (
    made_at BIGINT NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL,
    place TEXT NOT NULL
) /*clustered*/;
