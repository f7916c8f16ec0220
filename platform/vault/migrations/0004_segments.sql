-- The packed journal: up to 64 lines of one record in one sealed row.
CREATE TABLE segment (
    record_id BYTEA NOT NULL,
    volume BIGINT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    header BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (record_id, volume, first_seq)
) /*clustered*/;
