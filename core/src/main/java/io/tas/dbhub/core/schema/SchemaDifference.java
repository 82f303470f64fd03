package io.tas.dbhub.core.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs between two states of one table, told for people. */
public final class SchemaDifference {
  private static final String ORDER = "order of columns";

  private final List<ChangeDetail> details = new ArrayList<>();

  private SchemaDifference() {}

  /**
   * The change from one state to the other. A renamed part is one that was removed and another that
   * was added: a catalog does not tell.
   */
  public static TableChange between(SchemaTable before, SchemaTable after) {
    SchemaDifference difference = new SchemaDifference();
    difference.parts(
        ChangeDetail.Part.COLUMN,
        before.columns(),
        after.columns(),
        SchemaColumn::name,
        SchemaDifference::told);
    difference.parts(
        ChangeDetail.Part.KEY,
        before.keys(),
        after.keys(),
        SchemaKey::name,
        SchemaDifference::told);
    difference.parts(
        ChangeDetail.Part.FOREIGN_KEY,
        before.foreignKeys(),
        after.foreignKeys(),
        ForeignKey::name,
        SchemaDifference::told);
    difference.parts(
        ChangeDetail.Part.INDEX,
        before.indexes(),
        after.indexes(),
        SchemaIndex::name,
        SchemaDifference::told);
    difference.one(ChangeDetail.Part.TABLE, "", told(before), told(after));
    difference.order(before, after);
    return new TableChange(after.name(), TableChange.Kind.ALTERED, difference.details);
  }

  /** Of the columns that are in both: one that comes or goes moves all behind it. */
  private void order(SchemaTable before, SchemaTable after) {
    one(ChangeDetail.Part.TABLE, ORDER, common(before, after), common(after, before));
  }

  private static String common(SchemaTable of, SchemaTable with) {
    Set<String> others =
        with.columns().stream().map(SchemaColumn::name).collect(Collectors.toSet());
    return of.columns().stream()
        .map(SchemaColumn::name)
        .filter(others::contains)
        .collect(Collectors.joining(", "));
  }

  private <T> void parts(
      ChangeDetail.Part part,
      List<T> before,
      List<T> after,
      Function<T, String> name,
      Function<T, String> told) {
    Map<String, String> now = new LinkedHashMap<>();
    after.forEach(one -> now.put(name.apply(one), told.apply(one)));
    for (T one : before) {
      one(part, name.apply(one), told.apply(one), now.remove(name.apply(one)));
    }
    now.forEach((added, text) -> one(part, added, null, text));
  }

  private void one(
      ChangeDetail.Part part, String name, @Nullable String before, @Nullable String after) {
    if (before == null) {
      details.add(new ChangeDetail(TableChange.Kind.ADDED, part, name, null, after));
    } else if (after == null) {
      details.add(new ChangeDetail(TableChange.Kind.REMOVED, part, name, before, null));
    } else if (!before.equals(after)) {
      details.add(new ChangeDetail(TableChange.Kind.ALTERED, part, name, before, after));
    }
  }

  private static String told(SchemaColumn column) {
    return column.type()
        + (column.nullable() ? "" : " not null")
        + (column.defaultValue() == null ? "" : " default " + column.defaultValue())
        + comment(column.comment());
  }

  private static String told(SchemaKey key) {
    return (key.primary() ? "primary" : "unique") + columns(key.columns());
  }

  private static String told(ForeignKey key) {
    return columns(key.columns()).strip()
        + " to "
        + key.references()
        + columns(key.referencedColumns());
  }

  private static String told(SchemaIndex index) {
    return (index.unique() ? "unique" : "index") + columns(index.columns());
  }

  private static String told(SchemaTable table) {
    return table.kind().wireName() + comment(table.comment());
  }

  private static String columns(List<String> columns) {
    return columns.isEmpty() ? "" : " (" + String.join(", ", columns) + ")";
  }

  private static String comment(@Nullable String comment) {
    return comment == null ? "" : ", \"" + comment + "\"";
  }
}
