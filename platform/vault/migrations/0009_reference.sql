-- Reference data that replaces what is compiled in: in clear, for it is about nobody.
CREATE TABLE reference (
    name TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    body BYTEA NOT NULL
) /*clustered*/;
