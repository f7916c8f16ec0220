-- Index tables: nothing clinical, and nothing that joins a person to a professional in clear.
-- Columns named "sealed" are sealed under the installation's key and bound to their row.

-- Persons whom the installation may open a space for, keyed by HMAC(NIR).
CREATE TABLE insured (
    nir_key BYTEA NOT NULL PRIMARY KEY,
    card_key BYTEA NOT NULL,
    record_id BYTEA,
    sealed BYTEA NOT NULL
) /*clustered*/;

CREATE TABLE account (
    login_key BYTEA NOT NULL PRIMARY KEY,
    account_id BYTEA NOT NULL,
    record_id BYTEA NOT NULL,
    password TEXT NOT NULL,
    created_at BIGINT NOT NULL
) /*clustered*/;
CREATE UNIQUE INDEX account_by_record ON account (record_id);

CREATE TABLE session (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    account_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    sealed BYTEA NOT NULL
) /*clustered*/;
CREATE INDEX session_by_account ON session (account_id);

-- Counted attempts: a keyed name of what is limited, and how often in the current window.
CREATE TABLE attempt (
    key BYTEA NOT NULL PRIMARY KEY,
    used BIGINT NOT NULL,
    window_ends BIGINT NOT NULL
) /*clustered*/;

-- One thing seen once: assertion identifiers, authorisation codes.
CREATE TABLE seen (
    key BYTEA NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
) /*clustered*/;

-- Steps half done: an activation, a one-time code, a trip to an identity provider.
CREATE TABLE pending (
    key BYTEA NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    sealed BYTEA NOT NULL
) /*clustered*/;

-- Software that may call the API, and its access tokens (hashed).
CREATE TABLE client (
    client_id TEXT NOT NULL PRIMARY KEY,
    sealed BYTEA NOT NULL
) /*clustered*/;
CREATE TABLE token (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL,
    ends_at BIGINT NOT NULL,
    sealed BYTEA NOT NULL
) /*clustered*/;

-- Professionals who signed in, keyed by HMAC(national identifier), and their own record.
CREATE TABLE professional (
    national_key BYTEA NOT NULL PRIMARY KEY,
    record_id BYTEA NOT NULL
) /*clustered*/;

-- Work to do, enqueued with what causes it. The deduplication key is a keyed hash.
CREATE TABLE job (
    job_id BYTEA NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    dedup BYTEA NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    sealed BYTEA NOT NULL
) /*clustered*/;
CREATE UNIQUE INDEX job_once ON job (name, dedup);
CREATE INDEX job_due ON job (due_at);
