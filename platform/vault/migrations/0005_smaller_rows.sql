-- The hash of sealed bytes is stored only where they may be destroyed: with older versions.
CREATE TABLE entry_smaller (
    record_id BYTEA NOT NULL,
    volume BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    blind BYTEA NOT NULL,
    header BYTEA NOT NULL,
    hash BYTEA,
    sealed BYTEA,
    is_current BIGINT NOT NULL,
    PRIMARY KEY (record_id, volume, seq)
) /*clustered*/;
INSERT INTO entry_smaller SELECT record_id, volume, seq, blind, header, hash, sealed, is_current
    FROM entry;
DROP TABLE entry;
ALTER TABLE entry_smaller RENAME TO entry;

-- Jobs in order of arrival; only one that must not come twice has a key, a keyed hash.
DROP TABLE job;
CREATE TABLE job (
    n /*serial*/,
    name TEXT NOT NULL,
    dedup BYTEA,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);
CREATE UNIQUE INDEX job_once ON job (dedup) WHERE dedup IS NOT NULL;
CREATE INDEX job_due ON job (due_at);
