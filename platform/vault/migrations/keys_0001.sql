-- Wrapped record keys: a store of their own, never in the main database nor its backups.
CREATE TABLE record_key (
    record_id BYTEA NOT NULL PRIMARY KEY,
    kek BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    wrapped BYTEA NOT NULL
) /*clustered*/;
