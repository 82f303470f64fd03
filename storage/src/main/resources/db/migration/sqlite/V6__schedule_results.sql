-- What queries of schedules answered, as long as it is kept. Times are in milliseconds since 1970;
-- 1 is true. The rows are lines of JSON. One that is running was begun, and nothing else is known
-- of it. Differences are those to the run that compared_with names.
CREATE TABLE schedule_results (
  id               TEXT    NOT NULL PRIMARY KEY,
  tenant_id        TEXT    NOT NULL,
  space_id         TEXT    NOT NULL,
  schedule_id      TEXT    NOT NULL,
  database_id      TEXT    NOT NULL,
  run_id           TEXT    NOT NULL,
  writes           INTEGER NOT NULL,
  status           TEXT    NOT NULL,
  code             TEXT    NOT NULL,
  sha256           TEXT    NOT NULL,
  started_at       INTEGER NOT NULL,
  duration_ms      INTEGER NOT NULL,
  row_count        INTEGER NOT NULL,
  truncated        INTEGER NOT NULL,
  compared_with    TEXT,
  difference_exact INTEGER NOT NULL,
  added            INTEGER NOT NULL,
  removed          INTEGER NOT NULL,
  columns_json     TEXT    NOT NULL,
  row_lines        TEXT    NOT NULL,
  added_lines      TEXT    NOT NULL,
  removed_lines    TEXT    NOT NULL
);

CREATE INDEX schedule_results_by_schedule
  ON schedule_results (tenant_id, space_id, schedule_id, started_at, id);
CREATE INDEX schedule_results_by_database
  ON schedule_results (tenant_id, space_id, schedule_id, database_id, started_at, id);
CREATE INDEX schedule_results_by_age ON schedule_results (started_at);

-- When the last query of a schedule began that succeeded, which is remembered for longer than what
-- it answered.
CREATE TABLE schedule_successes (
  tenant_id   TEXT    NOT NULL,
  space_id    TEXT    NOT NULL,
  schedule_id TEXT    NOT NULL,
  database_id TEXT    NOT NULL,
  started_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, space_id, schedule_id, database_id)
) WITHOUT ROWID;

CREATE INDEX schedule_successes_by_age ON schedule_successes (started_at);
