-- Events that wait to be told in one message: a row each, sealed, found by a keyed hash of who is
-- told, how and when.
CREATE TABLE digest (
    n /*serial*/,
    key BYTEA NOT NULL,
    sealed BYTEA NOT NULL
);
CREATE INDEX digest_by_key ON digest (key);
