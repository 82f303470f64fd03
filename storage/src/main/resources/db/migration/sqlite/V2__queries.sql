-- Who asked what. Times are in milliseconds since 1970; 1 is true. Other than the audit it is
-- forgotten after a while.
CREATE TABLE queries (
  id            TEXT    NOT NULL PRIMARY KEY,
  tenant_id     TEXT    NOT NULL,
  space_id      TEXT    NOT NULL,
  actor         TEXT    NOT NULL,
  source        TEXT    NOT NULL,
  channel       TEXT    NOT NULL,
  database_id   TEXT    NOT NULL,
  database_name TEXT    NOT NULL,
  query_text    TEXT,
  sha256        TEXT    NOT NULL,
  started_at    INTEGER NOT NULL,
  duration_ms   INTEGER NOT NULL,
  row_count     INTEGER NOT NULL,
  truncated     INTEGER NOT NULL,
  outcome       TEXT    NOT NULL,
  error         TEXT    NOT NULL,
  pinned        INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX queries_by_actor ON queries (tenant_id, space_id, actor, started_at, id);
CREATE INDEX queries_by_space ON queries (tenant_id, space_id, started_at, id);
CREATE INDEX queries_by_age ON queries (started_at) WHERE pinned = 0;
CREATE INDEX queries_with_text ON queries (tenant_id) WHERE query_text IS NOT NULL;

-- Tenants of whose queries only hashes are kept have store_text 0; where there is no row it is 1.
CREATE TABLE query_settings (
  tenant_id  TEXT    NOT NULL PRIMARY KEY,
  store_text INTEGER NOT NULL
) WITHOUT ROWID;

-- Queries that somebody gave a name.
CREATE TABLE saved_queries (
  id          TEXT    NOT NULL PRIMARY KEY,
  tenant_id   TEXT    NOT NULL,
  space_id    TEXT    NOT NULL,
  owner       TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  description TEXT    NOT NULL,
  database_id TEXT,
  query_text  TEXT    NOT NULL,
  shared      INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
);

CREATE UNIQUE INDEX saved_queries_name ON saved_queries (tenant_id, space_id, owner, name);
CREATE INDEX saved_queries_by_space ON saved_queries (tenant_id, space_id, created_at, id);
