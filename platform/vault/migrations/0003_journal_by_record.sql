-- SQLite keeps in memory where each record's traces are; servers that share a database cannot.
-- Unique, so that two servers never write one sequence twice.
/*postgres: CREATE UNIQUE INDEX tail_by_record ON tail (record_id, seq); */
