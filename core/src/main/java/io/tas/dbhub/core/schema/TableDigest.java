package io.tas.dbhub.core.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two states of a table, or of a whole schema, are the same: 128 bits of a SHA-256.
 * What the target reckons of its rows is left out.
 */
public final class TableDigest {
  private static final int BYTES = 16;

  private final MessageDigest digest = sha256();

  private TableDigest() {}

  /** 22 characters. */
  public static String of(SchemaTable table) {
    TableDigest digest = new TableDigest();
    digest.text(table.name().schema());
    digest.text(table.name().table());
    digest.text(table.kind().wireName());
    digest.text(table.comment());
    digest.number(table.columns().size());
    table.columns().forEach(digest::column);
    digest.number(table.keys().size());
    for (SchemaKey key : table.keys()) {
      digest.text(key.name());
      digest.number(key.primary() ? 1 : 0);
      digest.texts(key.columns());
    }
    digest.number(table.foreignKeys().size());
    for (ForeignKey key : table.foreignKeys()) {
      digest.text(key.name());
      digest.texts(key.columns());
      digest.text(key.references().schema());
      digest.text(key.references().table());
      digest.texts(key.referencedColumns());
    }
    digest.number(table.indexes().size());
    for (SchemaIndex index : table.indexes()) {
      digest.text(index.name());
      digest.number(index.unique() ? 1 : 0);
      digest.texts(index.columns());
    }
    return digest.end();
  }

  /**
   * Of a whole schema, in whatever order it is given; 22 characters.
   *
   * @param tables each table's digest
   */
  public static String ofAll(Map<TableName, String> tables) {
    TableDigest digest = new TableDigest();
    new TreeMap<>(tables)
        .forEach(
            (name, one) -> {
              digest.text(name.schema());
              digest.text(name.table());
              digest.text(one);
            });
    return digest.end();
  }

  private void column(SchemaColumn column) {
    text(column.name());
    text(column.type());
    text(column.normalized().wireName());
    number(column.nullable() ? 1 : 0);
    text(column.defaultValue());
    text(column.comment());
  }

  private void texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
  }

  /** With its length before it, so that no two lists of texts are the same bytes. */
  private void text(@Nullable String text) {
    if (text == null) {
      number(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    digest.update(bytes);
  }

  private void number(int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  private String end() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest.digest(), BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
