-- How databases fare. Times are in milliseconds since 1970. What was last written of each, so that
-- a change is known as one, however long ago the one before was.
CREATE TABLE health_last (
  tenant_id   TEXT    NOT NULL,
  space_id    TEXT    NOT NULL,
  database_id TEXT    NOT NULL,
  last_at     INTEGER NOT NULL,
  status      TEXT    NOT NULL,
  PRIMARY KEY (tenant_id, space_id, database_id)
) WITHOUT ROWID;

CREATE INDEX health_last_by_age ON health_last (last_at);

-- Changes of status. from_status is empty for the first.
CREATE TABLE health_changes (
  tenant_id   TEXT    NOT NULL,
  space_id    TEXT    NOT NULL,
  database_id TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  from_status TEXT    NOT NULL,
  to_status   TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  message     TEXT    NOT NULL,
  PRIMARY KEY (tenant_id, space_id, database_id, at)
) WITHOUT ROWID;

CREATE INDEX health_changes_by_age ON health_changes (at);

-- Checks by the hour. Of those that reached the database, took_n counts what took at most 2^n ms
-- and longer than the one before; the last has no end.
CREATE TABLE health_hours (
  tenant_id   TEXT    NOT NULL,
  space_id    TEXT    NOT NULL,
  database_id TEXT    NOT NULL,
  hour        INTEGER NOT NULL,
  last_at     INTEGER NOT NULL,
  checks      INTEGER NOT NULL,
  failures    INTEGER NOT NULL,
  longest_ms  INTEGER NOT NULL,
  took_0      INTEGER NOT NULL,
  took_1      INTEGER NOT NULL,
  took_2      INTEGER NOT NULL,
  took_3      INTEGER NOT NULL,
  took_4      INTEGER NOT NULL,
  took_5      INTEGER NOT NULL,
  took_6      INTEGER NOT NULL,
  took_7      INTEGER NOT NULL,
  took_8      INTEGER NOT NULL,
  took_9      INTEGER NOT NULL,
  took_10     INTEGER NOT NULL,
  took_11     INTEGER NOT NULL,
  took_12     INTEGER NOT NULL,
  took_13     INTEGER NOT NULL,
  took_14     INTEGER NOT NULL,
  took_15     INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, space_id, database_id, hour)
) WITHOUT ROWID;

CREATE INDEX health_hours_by_age ON health_hours (hour);
