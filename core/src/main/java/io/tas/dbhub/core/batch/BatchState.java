package io.tas.dbhub.core.batch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a batch is. */
public enum BatchState {
  /** Its rows are being written; nobody else sees it. */
  LOADING,
  /** All rows are checked, and nothing was done: a dry run has ended. */
  CHECKED,
  RUNNING,
  /** Rows that were begun are brought to an end; no other begins. */
  PAUSED,
  /** Every row that keeps the rules is done, or was so already. */
  COMPLETED,
  /** All rows were tried, and some failed. */
  FAILED,
  /** As many rows failed as were to stop it; others were not tried. */
  STOPPED,
  /** Somebody cancelled it; others were not tried. */
  CANCELLED,
  /** All rows were tried, and operations of some wait for a person. */
  NEEDS_ATTENTION;

  /** Whether nothing happens any more until somebody runs it again. */
  public boolean ended() {
    return this != LOADING && !underWay();
  }

  /** Whether it was begun, and has not ended. */
  public boolean underWay() {
    return this == RUNNING || this == PAUSED;
  }

  /** How a batch ended whose rows were all tried. */
  public static BatchState tried(long failed, long attention) {
    if (attention > 0) {
      return NEEDS_ATTENTION;
    }
    return failed > 0 ? FAILED : COMPLETED;
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such one
   */
  @JsonCreator
  public static BatchState parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
