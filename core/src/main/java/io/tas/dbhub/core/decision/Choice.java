package io.tas.dbhub.core.decision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a person may decide about a step that keeps failing. */
public enum Choice {
  /** The cause is mended: try the step again. */
  RETRY,
  /** I did it by hand: go on as if the step were done. Needs a reason. */
  SKIP,
  /** Leave it: end the operation and list what is left in the inventory. Needs a reason. */
  ABANDON;

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
