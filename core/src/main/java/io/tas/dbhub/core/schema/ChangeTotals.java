package io.tas.dbhub.core.schema;

/** How many tables a change is about. */
public record ChangeTotals(long added, long removed, long altered) {
  public static final ChangeTotals NONE = new ChangeTotals(0, 0, 0);

  /** Tables that differ in any way. */
  public long all() {
    return added + removed + altered;
  }
}
