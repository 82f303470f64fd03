package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Programs for tests: one that cannot be had skips the test with the reason, and fails it in CI.
 */
public final class Needed {
  private Needed() {}

  public static Programs programs() {
    return Programs.standard(System.out);
  }

  public static Program.Installed installed(Program program) {
    if (program instanceof Program.Installed installed) {
      return installed;
    }
    String reason = ((Program.Unavailable) program).reason();
    return "true".equals(System.getenv("CI")) ? fail(reason) : abort(reason);
  }
}
