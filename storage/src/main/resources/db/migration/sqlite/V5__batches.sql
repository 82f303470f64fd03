-- Requests for many databases at once. Times are in milliseconds since 1970. changed_at is when
-- somebody last wrote rows into it, or changed its state; run counts how often it was run.
CREATE TABLE batches (
  tenant_id      TEXT    NOT NULL,
  space_id       TEXT    NOT NULL,
  id             TEXT    NOT NULL,
  kind           TEXT    NOT NULL,
  name           TEXT    NOT NULL,
  requested_by   TEXT    NOT NULL,
  requested_from TEXT    NOT NULL,
  state          TEXT    NOT NULL,
  parallelism    INTEGER NOT NULL,
  per_host       INTEGER NOT NULL,
  stop_after     INTEGER NOT NULL,
  changes        TEXT,
  run            INTEGER NOT NULL,
  created_at     INTEGER NOT NULL,
  started_at     INTEGER,
  ended_at       INTEGER,
  changed_at     INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, space_id, id)
) WITHOUT ROWID;

CREATE INDEX batches_by_space ON batches (tenant_id, space_id, created_at, id);
CREATE INDEX batches_by_age ON batches (changed_at);

-- Their rows. Credentials are sealed, and only here as long as the row may need them; run is that
-- of the batch when the row was begun.
CREATE TABLE batch_rows (
  tenant_id   TEXT    NOT NULL,
  space_id    TEXT    NOT NULL,
  batch_id    TEXT    NOT NULL,
  number      INTEGER NOT NULL,
  line        INTEGER NOT NULL,
  name        TEXT    NOT NULL,
  host        TEXT    NOT NULL,
  database_id TEXT,
  definition  TEXT,
  sealed      TEXT,
  state       TEXT    NOT NULL,
  violations  TEXT    NOT NULL,
  code        TEXT    NOT NULL,
  message     TEXT    NOT NULL,
  operation   TEXT,
  run         INTEGER NOT NULL,
  started_at  INTEGER,
  ended_at    INTEGER,
  PRIMARY KEY (tenant_id, space_id, batch_id, number)
);

CREATE INDEX batch_rows_by_state ON batch_rows (tenant_id, space_id, batch_id, state, number);
CREATE INDEX batch_rows_by_name ON batch_rows (tenant_id, space_id, batch_id, name);
CREATE INDEX batch_rows_by_end ON batch_rows (tenant_id, space_id, batch_id, ended_at)
  WHERE ended_at IS NOT NULL;
CREATE INDEX batch_rows_sealed ON batch_rows (tenant_id, space_id, batch_id)
  WHERE sealed IS NOT NULL;
