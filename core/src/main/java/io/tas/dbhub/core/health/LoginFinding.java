package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.LoginRights;
import org.jspecify.annotations.Nullable;

/**
 * What was last found out about a login's rights.
 *
 * @param generation of the resource that it was found of
 * @param askedAtMillis when the server was asked, epoch milliseconds; 0: it has to be asked again
 */
public record LoginFinding(LoginRights rights, long generation, long askedAtMillis) {
  /** The same, to be asked for again by the next probe. */
  public LoginFinding due() {
    return new LoginFinding(rights, generation, 0);
  }

  /** Whether what was written of one says all of the other. */
  static boolean same(@Nullable LoginFinding one, @Nullable LoginFinding other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.rights == other.rights && one.generation == other.generation;
  }
}
