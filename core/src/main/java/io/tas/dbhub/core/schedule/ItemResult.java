package io.tas.dbhub.core.schedule;

/**
 * @param code the type of the failure that says why; empty where there is nothing to say
 */
public record ItemResult(ItemOutcome outcome, String code) {
  public static ItemResult of(ItemOutcome outcome) {
    return new ItemResult(outcome, "");
  }
}
