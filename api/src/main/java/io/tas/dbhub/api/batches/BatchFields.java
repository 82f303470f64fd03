package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.databases.TargetFields;
import io.tas.dbhub.api.databases.TargetFields.Selector;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.LabelRules;
import io.tas.dbhub.core.model.Texts;
import io.tas.dbhub.storage.journal.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a batch of databases that are there.
 *
 * @param update what an update changes; null for every other kind
 */
record BatchFields(
    BatchKind kind, BatchTarget target, @Nullable BatchUpdate update, BatchOptions options) {
  static final int MOST_IDS = 10_000;

  private static final List<String> KINDS = List.of("test", "sync", "update", "delete");

  /**
   * @throws ProblemException Invalid, naming every field that breaks a rule
   */
  static BatchFields read(ObjectNode body) {
    Fields fields = new Fields(body);
    Optional<BatchKind> kind =
        Optional.ofNullable(fields.text("kind")).filter(KINDS::contains).map(BatchKind::parse);
    if (kind.isEmpty()) {
      fields.violate("kind", "is test, sync, update or delete; files go to /batches/import");
    }
    BatchTarget target = target(fields, body.hasNonNull("database_ids"));
    BatchUpdate update = update(fields, kind.filter(BatchKind.UPDATE::equals).isPresent());
    String name = fields.text("name");
    if (name != null && !BatchOptions.validName(name)) {
      fields.violate("name", BatchOptions.NAME_RULE);
    }
    Boolean dryRun = fields.bool("dry_run");
    Boolean onlyValid = fields.bool("only_valid");
    BatchLimits usual = BatchLimits.DEFAULT;
    BatchLimits limits =
        new BatchLimits(
            number(fields, "parallelism", 1, usual.parallelism(), BatchLimits.MOST_PARALLEL),
            number(fields, "per_host", 1, usual.perHost(), BatchLimits.MOST_PARALLEL),
            number(fields, "stop_after", 0, usual.stopAfter(), Batches.MOST_ROWS));
    if (!fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    return new BatchFields(
        kind.orElseThrow(),
        target,
        update,
        new BatchOptions(
            name == null ? "" : Texts.canonical(name),
            !Boolean.FALSE.equals(dryRun),
            Boolean.TRUE.equals(onlyValid),
            limits));
  }

  private static BatchTarget target(Fields fields, boolean named) {
    List<String> ids = named ? TargetFields.ids(fields, MOST_IDS) : List.of();
    Boolean all = fields.bool("all");
    ObjectNode sent = fields.object("selector");
    Selector selector = Selector.EVERYTHING;
    if (sent != null) {
      Fields inner = new Fields(sent);
      selector = TargetFields.selector(inner);
      if (!selector.selects()) {
        inner.violate("label", "is required, or a type, or both");
      }
      inner
          .violations()
          .forEach(broken -> fields.violate("selector." + broken.field(), broken.message()));
    }
    int said = (named ? 1 : 0) + (sent != null ? 1 : 0) + (Boolean.TRUE.equals(all) ? 1 : 0);
    if (said != 1) {
      fields.violate("all", "is true, or there is a selector, or there are database_ids");
    }
    return new BatchTarget(ids, selector);
  }

  private static @Nullable BatchUpdate update(Fields fields, boolean wanted) {
    ObjectNode sent = fields.object("changes");
    if (sent == null || !wanted) {
      if (wanted) {
        fields.require("changes");
      } else if (sent != null) {
        fields.violate("changes", "are of an update");
      }
      return null;
    }
    Fields changes = new Fields(sent);
    Map<String, String> labels = changes.texts("set_labels");
    List<String> removed = new ArrayList<>();
    for (JsonNode key : changes.array("remove_labels")) {
      if (key.isTextual() && LabelRules.validKey(key.textValue())) {
        removed.add(key.textValue());
      } else {
        changes.violate("remove_labels", "are keys of labels");
      }
    }
    BatchUpdate update =
        new BatchUpdate(
            labels == null ? Map.of() : labels,
            removed,
            changes.bool("readonly"),
            changes.integer("max_rows"),
            changes.integer("connection_timeout"),
            changes.integer("query_timeout"),
            changes.bool("is_active"));
    changes
        .violations()
        .forEach(broken -> fields.violate("changes." + broken.field(), broken.message()));
    if (sent.isEmpty()) {
      fields.violate("changes", "say what each of the databases shall have");
    }
    return update;
  }

  private static int number(Fields fields, String field, int least, int usual, int most) {
    Integer number = fields.integer(field);
    if (number != null && (number < least || number > most)) {
      fields.violate(field, "is a number from %d to %d".formatted(least, most));
    }
    return number == null ? usual : number;
  }

  /** The fields as OpenAPI describes them. */
  @Schema(name = "BatchFields")
  record Body(
      @Schema(
              implementation = String.class,
              allowableValues = {"test", "sync", "update", "delete"})
          BatchKind kind,
      @ArraySchema(maxItems = MOST_IDS, arraySchema = @Schema(description = "These, and no others"))
          @Nullable List<String> databaseIds,
      @Nullable SelectorBody selector,
      @Schema(description = "Every database of the space") @Nullable Boolean all,
      @Schema(description = "Of an update") @Nullable ChangesBody changes,
      @Schema(maxLength = BatchOptions.LONGEST_NAME) @Nullable String name,
      @Schema(defaultValue = "true", description = "Whether it is only checked")
          @Nullable Boolean dryRun,
      @Schema(defaultValue = "false", description = "Whether rows that break rules are left out")
          @Nullable Boolean onlyValid,
      @Schema(minimum = "1", maximum = "64", defaultValue = "16") @Nullable Integer parallelism,
      @Schema(minimum = "1", maximum = "64", defaultValue = "4") @Nullable Integer perHost,
      @Schema(minimum = "0", maximum = "100000", defaultValue = "0") @Nullable Integer stopAfter) {}

  /** As OpenAPI describes which databases. */
  @Schema(name = "BatchSelector")
  record SelectorBody(
      @Schema(
              implementation = String.class,
              allowableValues = {"postgres", "mysql", "mariadb", "sqlserver", "sqlite"})
          @Nullable DatabaseType type,
      @Schema(description = "key, or key=value", example = "team=sales") @Nullable String label) {}

  /** As OpenAPI describes what an update changes. */
  @Schema(name = "BatchChangeFields")
  record ChangesBody(
      @Nullable Map<String, String> setLabels,
      @Nullable List<String> removeLabels,
      @Nullable Boolean readonly,
      @Nullable Integer maxRows,
      @Nullable Integer connectionTimeout,
      @Nullable Integer queryTimeout,
      @Nullable Boolean isActive) {}
}
