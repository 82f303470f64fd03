-- Who did what. "at" is in milliseconds since 1970.
CREATE TABLE audit (
  id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  at          BIGINT NOT NULL,
  tenant_id   TEXT   NOT NULL,
  space_id    TEXT   NOT NULL,
  actor       TEXT   NOT NULL,
  action      TEXT   NOT NULL,
  object_id   TEXT   NOT NULL,
  object_name TEXT   NOT NULL,
  outcome     TEXT   NOT NULL,
  operation   TEXT,
  detail      TEXT   NOT NULL,
  source      TEXT   NOT NULL
);

CREATE INDEX audit_by_tenant ON audit (tenant_id, at, id);
CREATE INDEX audit_by_space ON audit (tenant_id, space_id, at, id);
CREATE INDEX audit_by_object ON audit (tenant_id, object_id, at, id);

-- What is written stays: neither we nor anybody with our rights changes it unnoticed.
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only';
END;
$$;

CREATE TRIGGER audit_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
