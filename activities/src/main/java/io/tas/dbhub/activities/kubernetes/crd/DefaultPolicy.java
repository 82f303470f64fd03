package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.List;

/** What an instance allows on any of its databases. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DefaultPolicy(
    @Default("true") @JsonPropertyDescription("Refuse statements that write") Boolean readonly,
    @Default("1000")
        @Min(1)
        @Max(100_000)
        @JsonPropertyDescription("Rows that a query returns at most")
        Integer maxRows,
    @Default("[\"execute_sql\",\"search_objects\"]")
        @JsonPropertyDescription("The tools that are offered")
        List<String> allowedOperations) {
  public static final String EXECUTE_SQL = "execute_sql";
  public static final String SEARCH_OBJECTS = "search_objects";

  public DefaultPolicy {
    readonly = readonly == null ? Boolean.TRUE : readonly;
    maxRows = maxRows == null ? Integer.valueOf(1000) : maxRows;
    allowedOperations =
        allowedOperations == null ? List.of(EXECUTE_SQL, SEARCH_OBJECTS) : allowedOperations;
  }

  /** What holds where no policy is given. */
  public static DefaultPolicy strict() {
    return new DefaultPolicy(true, 1000, List.of(EXECUTE_SQL, SEARCH_OBJECTS));
  }
}
