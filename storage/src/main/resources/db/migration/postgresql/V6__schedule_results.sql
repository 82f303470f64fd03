-- What queries of schedules answered, as long as it is kept. Times are in milliseconds since 1970;
-- 1 is true. The rows are lines of JSON. One that is running was begun, and nothing else is known
-- of it. Differences are those to the run that compared_with names.
CREATE TABLE schedule_results (
  id               TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant_id        TEXT COLLATE "C" NOT NULL,
  space_id         TEXT COLLATE "C" NOT NULL,
  schedule_id      TEXT COLLATE "C" NOT NULL,
  database_id      TEXT COLLATE "C" NOT NULL,
  run_id           TEXT     NOT NULL,
  writes           SMALLINT NOT NULL,
  status           TEXT     NOT NULL,
  code             TEXT     NOT NULL,
  sha256           TEXT     NOT NULL,
  started_at       BIGINT   NOT NULL,
  duration_ms      BIGINT   NOT NULL,
  row_count        BIGINT   NOT NULL,
  truncated        SMALLINT NOT NULL,
  compared_with    TEXT,
  difference_exact SMALLINT NOT NULL,
  added            BIGINT   NOT NULL,
  removed          BIGINT   NOT NULL,
  columns_json     TEXT     NOT NULL,
  row_lines        TEXT     NOT NULL,
  added_lines      TEXT     NOT NULL,
  removed_lines    TEXT     NOT NULL
);

CREATE INDEX schedule_results_by_schedule
  ON schedule_results (tenant_id, space_id, schedule_id, started_at, id);
CREATE INDEX schedule_results_by_database
  ON schedule_results (tenant_id, space_id, schedule_id, database_id, started_at, id);
CREATE INDEX schedule_results_by_age ON schedule_results (started_at);

-- When the last query of a schedule began that succeeded, which is remembered for longer than what
-- it answered.
CREATE TABLE schedule_successes (
  tenant_id   TEXT COLLATE "C" NOT NULL,
  space_id    TEXT COLLATE "C" NOT NULL,
  schedule_id TEXT COLLATE "C" NOT NULL,
  database_id TEXT COLLATE "C" NOT NULL,
  started_at  BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, space_id, schedule_id, database_id)
);

CREATE INDEX schedule_successes_by_age ON schedule_successes (started_at);
