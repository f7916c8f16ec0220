-- The public directory of professionals and facilities: in clear, for it is about nobody's health.
-- A version is one whole extraction; readers look at the current version of each source alone.
CREATE TABLE directory_source (
    source BIGINT NOT NULL PRIMARY KEY,
    current BIGINT NOT NULL,
    building BIGINT NOT NULL,
    file BYTEA,
    position BIGINT NOT NULL,
    line BIGINT NOT NULL
) /*clustered*/;
CREATE TABLE directory (
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    activity BYTEA NOT NULL,
    name TEXT NOT NULL,
    profession TEXT NOT NULL,
    label TEXT NOT NULL,
    place_id TEXT NOT NULL,
    place TEXT NOT NULL,
    town TEXT NOT NULL,
    folded TEXT NOT NULL,
    is_active BIGINT NOT NULL,
    PRIMARY KEY (version, number, activity)
) /*clustered*/;
-- Bytes, so that both engines order words alike.
CREATE TABLE directory_word (
    version BIGINT NOT NULL,
    word BYTEA NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (version, word, number)
) /*clustered*/;
