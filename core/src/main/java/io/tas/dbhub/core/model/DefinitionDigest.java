package io.tas.dbhub.core.model;

import java.util.TreeMap;

/**
 * Tells whether two definitions say the same of a connection: where it leads, what may be done with
 * it, how it is labelled. Owner and color are a console's and not compared.
 */
public final class DefinitionDigest {
  private DefinitionDigest() {}

  /** 64 hex digits. */
  public static String of(DatabaseDefinition definition) {
    StringBuilder text = new StringBuilder();
    Target target = definition.target();
    append(text, definition.name());
    append(text, target.type().wireName());
    append(text, target.host());
    append(text, String.valueOf(target.port()));
    append(text, target.database());
    append(text, target.sslMode().wireName());
    append(text, String.valueOf(target.connectionTimeoutSeconds()));
    append(text, String.valueOf(target.queryTimeoutSeconds()));
    append(text, String.valueOf(definition.policy().readOnly()));
    append(text, String.valueOf(definition.policy().maxRows()));
    append(text, definition.description());
    append(text, String.valueOf(definition.active()));
    new TreeMap<>(definition.labels())
        .forEach(
            (key, value) -> {
              append(text, key);
              append(text, value);
            });
    return Sha256.hex(text.toString());
  }

  /** With its length, so that no two lists of values are written alike. */
  private static void append(StringBuilder text, String value) {
    text.append(value.length()).append(':').append(value);
  }
}
