-- Which heads were written since they were last stamped: a checkpoint reads those alone.
ALTER TABLE head ADD COLUMN moved BIGINT NOT NULL DEFAULT 1;
CREATE INDEX head_moved ON head (record_id, volume) WHERE moved = 1;
-- Where the volumes of a record ended at the last checkpoint: numbers and hashes.
CREATE TABLE stamp (
    record_id BYTEA NOT NULL PRIMARY KEY,
    ends BYTEA NOT NULL
) /*clustered*/;
-- The digest of all stamps whose records begin with the same two bytes: leaves of the signed tree.
CREATE TABLE bucket (
    bucket BIGINT NOT NULL PRIMARY KEY,
    hash BYTEA NOT NULL
) /*clustered*/;
-- The signed lines, as they were exported.
CREATE TABLE checkpoint (
    n BIGINT NOT NULL PRIMARY KEY,
    line TEXT NOT NULL
) /*clustered*/;
