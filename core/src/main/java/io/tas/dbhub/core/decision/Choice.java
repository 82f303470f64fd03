package io.tas.dbhub.core.decision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** What a person may decide: about a step that keeps failing, or about a change that was found. */
public enum Choice {
  /** The cause is mended: try the step again. */
  RETRY,
  /** I did it by hand: go on as if the step were done. Needs a reason. */
  SKIP,
  /** Leave it: end the operation and list what is left in the inventory. Needs a reason. */
  ABANDON,
  /** The change is wanted: take it. */
  APPROVE,
  /** The change is not wanted: leave everything as it is. Needs a reason. */
  REJECT;

  /** Those about a step that keeps failing. */
  public static final List<Choice> OF_A_STEP = List.of(RETRY, SKIP, ABANDON);

  /** Those about a change. */
  public static final List<Choice> OF_A_CHANGE = List.of(APPROVE, REJECT);

  /** Whether it has to be said why. */
  public boolean needsReason() {
    return this != RETRY && this != APPROVE;
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Heeds no case: people write it at a command line. */
  @JsonCreator
  public static Choice parse(String name) {
    return valueOf(name.trim().toUpperCase(Locale.ROOT));
  }
}
