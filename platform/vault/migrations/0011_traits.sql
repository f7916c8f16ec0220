-- Finds a person by all strict traits of identity: a keyed hash of them, none where one is missing.
-- Rows that were imported before get theirs at the next import of the registry.
ALTER TABLE insured ADD COLUMN traits_key BYTEA;

CREATE INDEX insured_traits ON insured (traits_key);
