package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A table's name as one text that an index holds: in the order of schema, then table. No engine has
 * a NUL in a name, and it comes before whatever else is in one.
 */
final class TableKey {
  private static final char BETWEEN = '\0';

  /** Neo4j's range indexes take some 8,000 bytes for a whole entry. */
  private static final int MAX_LENGTH = 500;

  private TableKey() {}

  static String of(TableName name) {
    return of(name.schema()) + BETWEEN + shortened(name.table());
  }

  static String of(String schema) {
    return shortened(schema);
  }

  /** Where the keys of a schema's tables begin. */
  static String beginOf(String schema) {
    return shortened(schema) + BETWEEN;
  }

  /** Behind the keys of a schema's tables. */
  static String endOf(String schema) {
    return shortened(schema) + (char) (BETWEEN + 1);
  }

  /** What a table's key ends with, whatever its schema is. */
  static String ending(String table) {
    return BETWEEN + shortened(table);
  }

  /** The next text there can be. */
  static String after(String key) {
    return key + '\0';
  }

  /** Only SQLite has names without an end; what is cut off counts as a digest. */
  private static String shortened(String name) {
    if (name.length() <= MAX_LENGTH) {
      return name;
    }
    int end = Character.isHighSurrogate(name.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return name.substring(0, end) + sha256(name);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
