package io.tas.dbhub.core.schedule;

import org.jspecify.annotations.Nullable;

/**
 * @param code the type of the failure that says why; empty where there is nothing to say
 * @param resultId of what a query came to; null where none was asked
 */
public record ItemResult(ItemOutcome outcome, String code, @Nullable String resultId) {
  public ItemResult(ItemOutcome outcome, String code) {
    this(outcome, code, null);
  }

  public static ItemResult of(ItemOutcome outcome) {
    return new ItemResult(outcome, "");
  }
}
