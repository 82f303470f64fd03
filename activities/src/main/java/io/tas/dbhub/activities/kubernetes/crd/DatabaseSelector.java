package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** Labels AND names; what is empty selects everything. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseSelector(
    @JsonPropertyDescription("Labels that a Database must have, all of them")
        Map<String, String> matchLabels,
    @JsonPropertyDescription("Names of Databases; both must hold when labels are given too")
        List<String> matchNames) {
  public DatabaseSelector {
    matchLabels = matchLabels == null ? Map.of() : matchLabels;
    matchNames = matchNames == null ? List.of() : matchNames;
  }

  public static DatabaseSelector everything() {
    return new DatabaseSelector(Map.of(), List.of());
  }

  public boolean selects(String name, Map<String, String> labels) {
    return (matchNames.isEmpty() || matchNames.contains(name))
        && labels.entrySet().containsAll(matchLabels.entrySet());
  }
}
