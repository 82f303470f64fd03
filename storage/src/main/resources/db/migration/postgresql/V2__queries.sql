-- Who asked what. Times are in milliseconds since 1970; 1 is true. Other than the audit it is
-- forgotten after a while.
CREATE TABLE queries (
  id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant_id     TEXT COLLATE "C" NOT NULL,
  space_id      TEXT COLLATE "C" NOT NULL,
  actor         TEXT COLLATE "C" NOT NULL,
  source        TEXT     NOT NULL,
  channel       TEXT     NOT NULL,
  database_id   TEXT     NOT NULL,
  database_name TEXT     NOT NULL,
  query_text    TEXT,
  sha256        TEXT     NOT NULL,
  started_at    BIGINT   NOT NULL,
  duration_ms   BIGINT   NOT NULL,
  row_count     BIGINT   NOT NULL,
  truncated     SMALLINT NOT NULL,
  outcome       TEXT     NOT NULL,
  error         TEXT     NOT NULL,
  pinned        SMALLINT NOT NULL DEFAULT 0
);

CREATE INDEX queries_by_actor ON queries (tenant_id, space_id, actor, started_at, id);
CREATE INDEX queries_by_space ON queries (tenant_id, space_id, started_at, id);
CREATE INDEX queries_by_age ON queries (started_at) WHERE pinned = 0;
CREATE INDEX queries_with_text ON queries (tenant_id) WHERE query_text IS NOT NULL;

-- Tenants of whose queries only hashes are kept have store_text 0; where there is no row it is 1.
CREATE TABLE query_settings (
  tenant_id  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  store_text SMALLINT NOT NULL
);

-- Queries that somebody gave a name.
CREATE TABLE saved_queries (
  id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant_id   TEXT COLLATE "C" NOT NULL,
  space_id    TEXT COLLATE "C" NOT NULL,
  owner       TEXT COLLATE "C" NOT NULL,
  name        TEXT COLLATE "C" NOT NULL,
  description TEXT     NOT NULL,
  database_id TEXT,
  query_text  TEXT     NOT NULL,
  shared      SMALLINT NOT NULL,
  created_at  BIGINT   NOT NULL,
  updated_at  BIGINT   NOT NULL
);

CREATE UNIQUE INDEX saved_queries_name ON saved_queries (tenant_id, space_id, owner, name);
CREATE INDEX saved_queries_by_space ON saved_queries (tenant_id, space_id, created_at, id);

-- How many queries everybody may still begin. Kept here so that all APIs count the same; on SQLite
-- there is one API, which counts by itself. The library bucket4j reads and writes it.
CREATE TABLE rate_buckets (
  id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  state      BYTEA,
  expires_at BIGINT
) WITH (fillfactor = 50);
