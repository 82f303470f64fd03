package io.tas.dbhub.core.batch;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseDraft;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an update changes of every database of a batch: null is left as it is.
 *
 * @param setLabels labels that each shall have
 * @param removeLabels keys that none shall have any more
 */
public record BatchUpdate(
    Map<String, String> setLabels,
    List<String> removeLabels,
    @Nullable Boolean readOnly,
    @Nullable Integer maxRows,
    @Nullable Integer connectionTimeout,
    @Nullable Integer queryTimeout,
    @Nullable Boolean active) {
  public BatchUpdate {
    setLabels = Map.copyOf(setLabels);
    removeLabels = List.copyOf(removeLabels);
  }

  /** As somebody would have sent it for this one. */
  public DatabaseDraft of(DatabaseDefinition existing) {
    Map<String, String> labels = new HashMap<>(existing.labels());
    removeLabels.forEach(labels::remove);
    labels.putAll(setLabels);
    return new DatabaseDraft(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        readOnly,
        maxRows,
        connectionTimeout,
        queryTimeout,
        labels,
        null,
        null,
        active);
  }
}
