package io.tas.dbhub.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Compares what two connections are, by the names of REST's fields. */
public final class Differences {
  private Differences() {}

  /** The fields in which they differ; whose they are and their credentials are not among them. */
  public static List<String> between(DatabaseDefinition one, DatabaseDefinition other) {
    Target a = one.target();
    Target b = other.target();
    List<String> fields = new ArrayList<>();
    compare(fields, "type", a.type(), b.type());
    compare(fields, "host", a.host(), b.host());
    compare(fields, "port", a.port(), b.port());
    compare(fields, "database", a.database(), b.database());
    compare(fields, "ssl_mode", a.sslMode(), b.sslMode());
    compare(
        fields, "connection_timeout", a.connectionTimeoutSeconds(), b.connectionTimeoutSeconds());
    compare(fields, "query_timeout", a.queryTimeoutSeconds(), b.queryTimeoutSeconds());
    compare(fields, "readonly", one.policy().readOnly(), other.policy().readOnly());
    compare(fields, "max_rows", one.policy().maxRows(), other.policy().maxRows());
    compare(fields, "labels", one.labels(), other.labels());
    compare(fields, "description", one.description(), other.description());
    compare(fields, "color", one.color(), other.color());
    compare(fields, "is_active", one.active(), other.active());
    return fields;
  }

  private static void compare(List<String> fields, String field, Object one, Object other) {
    if (!Objects.equals(one, other)) {
      fields.add(field);
    }
  }
}
