package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Column;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.ForeignKeyPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.IndexPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.KeyPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Relation;
import io.tas.dbhub.core.schema.ColumnType;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows as bytes. They are read by the process that wrote them, so there are no versions. */
final class SchemaRowCodec {
  private static final int RELATION = 1;
  private static final int COLUMN = 2;
  private static final int KEY = 3;
  private static final int FOREIGN_KEY = 4;
  private static final int INDEX = 5;

  private SchemaRowCodec() {}

  static void write(DataOutputStream out, SchemaRow row) throws IOException {
    if (row instanceof Relation one) {
      begin(out, RELATION, one.table());
      text(out, one.kind().name());
      text(out, one.comment());
      out.writeLong(one.rows() == null ? -1 : one.rows());
    } else if (row instanceof Column one) {
      begin(out, COLUMN, one.table());
      out.writeInt(one.position());
      text(out, one.name());
      text(out, one.type());
      text(out, one.normalized().name());
      out.writeBoolean(one.nullable());
      text(out, one.defaultValue());
      text(out, one.comment());
    } else if (row instanceof KeyPart one) {
      begin(out, KEY, one.table());
      text(out, one.name());
      out.writeBoolean(one.primary());
      out.writeInt(one.position());
      text(out, one.column());
    } else if (row instanceof ForeignKeyPart one) {
      begin(out, FOREIGN_KEY, one.table());
      text(out, one.id());
      text(out, one.name());
      out.writeInt(one.position());
      text(out, one.column());
      table(out, one.references());
      text(out, one.referencedColumn());
    } else if (row instanceof IndexPart one) {
      begin(out, INDEX, one.table());
      text(out, one.name());
      out.writeBoolean(one.unique());
      out.writeInt(one.position());
      text(out, one.column());
    }
  }

  static SchemaRow read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    TableName table = table(in);
    return switch (kind) {
      case RELATION ->
          new Relation(table, TableKind.valueOf(name(in)), text(in), rows(in.readLong()));
      case COLUMN ->
          new Column(
              table,
              in.readInt(),
              name(in),
              name(in),
              ColumnType.valueOf(name(in)),
              in.readBoolean(),
              text(in),
              text(in));
      case KEY -> new KeyPart(table, name(in), in.readBoolean(), in.readInt(), name(in));
      case FOREIGN_KEY ->
          new ForeignKeyPart(
              table, name(in), text(in), in.readInt(), name(in), table(in), text(in));
      case INDEX -> new IndexPart(table, name(in), in.readBoolean(), in.readInt(), name(in));
      default -> throw new IOException("no kind of row: " + kind);
    };
  }

  private static void begin(DataOutputStream out, int kind, TableName table) throws IOException {
    out.writeByte(kind);
    table(out, table);
  }

  private static void table(DataOutputStream out, TableName table) throws IOException {
    text(out, table.schema());
    text(out, table.table());
  }

  private static TableName table(DataInputStream in) throws IOException {
    return new TableName(name(in), name(in));
  }

  private static @Nullable Long rows(long rows) {
    return rows < 0 ? null : rows;
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String name(DataInputStream in) throws IOException {
    return Objects.requireNonNull(text(in));
  }
}
