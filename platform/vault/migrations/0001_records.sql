-- The sealed records. Every key starts with record_id: one record lives on one shard.
CREATE TABLE entry (
    record_id BYTEA NOT NULL,
    volume BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    blind BYTEA NOT NULL,
    header BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    sealed BYTEA,
    is_current BIGINT NOT NULL,
    PRIMARY KEY (record_id, volume, seq)
) /*clustered*/;

CREATE TABLE head (
    record_id BYTEA NOT NULL,
    volume BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    chain BYTEA NOT NULL,
    digest BYTEA NOT NULL,
    mac BYTEA NOT NULL,
    PRIMARY KEY (record_id, volume)
) /*clustered*/;

-- The journal in arrival order: the one table whose key does not start with record_id,
-- because writing traces where each record lies costs 25 to 55 times the bytes.
CREATE TABLE tail (
    n /*serial*/,
    record_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    header BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    mac BYTEA NOT NULL,
    sealed BYTEA
);

-- Where a public identifier lives: keyed hash of "Type/id" or of a document's uniqueId.
CREATE TABLE locator (
    key BYTEA NOT NULL PRIMARY KEY,
    record_id BYTEA NOT NULL
) /*clustered*/;
