package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Column;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.ForeignKeyPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.IndexPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.KeyPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Relation;
import io.tas.dbhub.core.schema.ForeignKey;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaIndex;
import io.tas.dbhub.core.schema.SchemaKey;
import io.tas.dbhub.core.schema.SchemaTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the rows of one table together, in an order that only depends on what they say. */
final class TableAssembly {
  private @Nullable Relation relation;
  private final List<Column> columns = new ArrayList<>();
  private final Map<String, List<KeyPart>> keys = new TreeMap<>();
  private final Map<String, List<ForeignKeyPart>> foreignKeys = new TreeMap<>();
  private final Map<String, List<IndexPart>> indexes = new TreeMap<>();

  void add(SchemaRow row) {
    if (row instanceof Relation one) {
      relation = one;
    } else if (row instanceof Column one) {
      columns.add(one);
    } else if (row instanceof KeyPart one) {
      keys.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(one);
    } else if (row instanceof ForeignKeyPart one) {
      foreignKeys.computeIfAbsent(one.id(), id -> new ArrayList<>()).add(one);
    } else if (row instanceof IndexPart one) {
      indexes.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(one);
    }
  }

  /** Empty of one that the target did not list: it was made while it was asked. */
  Optional<SchemaTable> table() {
    if (relation == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SchemaTable(
            relation.table(),
            relation.kind(),
            relation.comment(),
            relation.rows(),
            columns(),
            keys(),
            foreignKeys(),
            indexes()));
  }

  private List<SchemaColumn> columns() {
    columns.sort(Comparator.comparingInt(Column::position));
    Set<String> names = new HashSet<>();
    List<SchemaColumn> all = new ArrayList<>();
    for (Column column : columns) {
      // A view of SQLite's may have two of one name.
      if (names.add(column.name())) {
        all.add(
            new SchemaColumn(
                column.name(),
                names.size(),
                column.type(),
                column.normalized(),
                column.nullable(),
                column.defaultValue(),
                column.comment()));
      }
    }
    return all;
  }

  private List<SchemaKey> keys() {
    return keys.entrySet().stream()
        .map(
            key ->
                new SchemaKey(
                    key.getKey(),
                    key.getValue().get(0).primary(),
                    sorted(key.getValue(), KeyPart::position).stream()
                        .map(KeyPart::column)
                        .toList()))
        .sorted(Comparator.comparing(SchemaKey::primary).reversed())
        .toList();
  }

  private List<SchemaIndex> indexes() {
    return indexes.entrySet().stream()
        .map(
            index ->
                new SchemaIndex(
                    index.getKey(),
                    index.getValue().get(0).unique(),
                    sorted(index.getValue(), IndexPart::position).stream()
                        .map(IndexPart::column)
                        .toList()))
        .toList();
  }

  private List<ForeignKey> foreignKeys() {
    return foreignKeys.values().stream()
        .map(parts -> foreignKey(sorted(parts, ForeignKeyPart::position)))
        .sorted(
            Comparator.comparing(ForeignKey::name)
                .thenComparing(key -> key.referencedColumns().toString()))
        .toList();
  }

  private static ForeignKey foreignKey(List<ForeignKeyPart> parts) {
    ForeignKeyPart first = parts.get(0);
    List<String> from = parts.stream().map(ForeignKeyPart::column).toList();
    List<String> to =
        parts.stream().map(ForeignKeyPart::referencedColumn).filter(Objects::nonNull).toList();
    String name = Objects.requireNonNullElseGet(first.name(), () -> named(from, first));
    return new ForeignKey(
        name, from, first.references(), to.size() == from.size() ? to : List.of());
  }

  /** By what it says, which another foreign key that comes or goes does not change. */
  private static String named(List<String> columns, ForeignKeyPart part) {
    return columns.stream().collect(Collectors.joining(", ")) + " to " + part.references().table();
  }

  private static <T> List<T> sorted(List<T> parts, ToIntFunction<T> position) {
    parts.sort(Comparator.comparingInt(position));
    return parts;
  }
}
