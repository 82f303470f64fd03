package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.LabelRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes from a body which databases it is about. */
public final class TargetFields {
  private static final String IDS = "database_ids";

  private TargetFields() {}

  /**
   * What the databases have in common.
   *
   * @param selects whether anything was said
   * @param type null for any
   * @param labelKey null for any
   * @param labelValue null for any
   */
  public record Selector(
      boolean selects,
      @Nullable DatabaseType type,
      @Nullable String labelKey,
      @Nullable String labelValue) {
    public static final Selector EVERYTHING = new Selector(false, null, null, null);
  }

  /** The fields {@code type} and {@code label}. */
  public static Selector selector(Fields target) {
    String typeName = target.text("type");
    String label = target.text("label");
    int equals = label == null ? -1 : label.indexOf('=');
    String key = label == null || equals < 0 ? label : label.substring(0, equals);
    String value = label == null || equals < 0 ? null : label.substring(equals + 1);
    if ((key != null && !LabelRules.validKey(key))
        || (value != null && !LabelRules.validValue(value))) {
      target.violate("label", "is a label key, or key=value");
    }
    DatabaseType type = typeName == null ? null : DatabaseType.fromWireName(typeName).orElse(null);
    if (typeName != null && type == null) {
      target.violate("type", "is postgres, mysql, mariadb, sqlserver or sqlite");
    }
    return new Selector(typeName != null || label != null, type, key, value);
  }

  /** The field {@code database_ids}: at least one, each once. */
  public static List<String> ids(Fields target, int most) {
    List<JsonNode> sent = target.array(IDS);
    Set<String> ids = new LinkedHashSet<>();
    if (sent.isEmpty() || sent.size() > most) {
      target.violate(IDS, "are 1 to " + most);
      return List.of();
    }
    for (int i = 0; i < sent.size(); i++) {
      String id = sent.get(i).textValue();
      if (id == null || !Uuids.valid(id)) {
        target.violate(IDS + "[" + i + "]", "is a database's id");
      } else if (!ids.add(id)) {
        target.violate(IDS + "[" + i + "]", "is there already");
      }
    }
    return List.copyOf(ids);
  }
}
