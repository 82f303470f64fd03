-- Who did what. "at" is in milliseconds since 1970. Without a rowid the id is the only key, so that
-- no REPLACE can take another row's place.
CREATE TABLE audit (
  id          TEXT    NOT NULL PRIMARY KEY,
  at          INTEGER NOT NULL,
  tenant_id   TEXT    NOT NULL,
  space_id    TEXT    NOT NULL,
  actor       TEXT    NOT NULL,
  action      TEXT    NOT NULL,
  object_id   TEXT    NOT NULL,
  object_name TEXT    NOT NULL,
  outcome     TEXT    NOT NULL,
  operation   TEXT,
  detail      TEXT    NOT NULL,
  source      TEXT    NOT NULL
) WITHOUT ROWID;

CREATE INDEX audit_by_tenant ON audit (tenant_id, at, id);
CREATE INDEX audit_by_space ON audit (tenant_id, space_id, at, id);
CREATE INDEX audit_by_object ON audit (tenant_id, object_id, at, id);

-- What is written stays: neither we nor anybody with our rights changes it unnoticed.
CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_never_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN
  SELECT RAISE(IGNORE);
END;
