-- How far the register of erasures was followed in this database: a restored one is behind it.
CREATE TABLE mark (
    name TEXT NOT NULL PRIMARY KEY,
    n BIGINT NOT NULL
) /*clustered*/;
INSERT INTO mark (name, n) VALUES ('erasures', 0);
-- Who is erased leaves the registry, also when their record no longer opens.
CREATE INDEX insured_by_record ON insured (record_id) WHERE record_id IS NOT NULL;
