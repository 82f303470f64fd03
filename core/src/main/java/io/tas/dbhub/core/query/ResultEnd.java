package io.tas.dbhub.core.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The end of one statement's result.
 *
 * @param rows that were answered, or that a write touched
 * @param truncated why there are fewer rows than the target has; null when all are there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResultEnd(long rows, @Nullable Truncated truncated) {
  /** What cut a result. */
  public enum Truncated {
    ROWS,
    BYTES
  }
}
