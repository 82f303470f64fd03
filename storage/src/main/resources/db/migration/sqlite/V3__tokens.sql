-- Tokens for agents: who they act for, how far they go, until when. Of the token itself only the
-- SHA-256 of its secret is kept. Times are in milliseconds since 1970.
CREATE TABLE agent_tokens (
  id          TEXT    NOT NULL PRIMARY KEY,
  secret_hash TEXT    NOT NULL,
  tenant_id   TEXT    NOT NULL,
  space_id    TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  role        TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  level       TEXT    NOT NULL,
  databases   TEXT,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX agent_tokens_by_space ON agent_tokens (tenant_id, space_id, created_at, id);
CREATE INDEX agent_tokens_by_age ON agent_tokens (expires_at);
