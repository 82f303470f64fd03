package io.tas.dbhub.systemtest;

import io.tas.dbhub.dev.engine.SecretFile;

/**
 * Passwords that are recognized wherever they turn up. All tests take theirs from here; all begin
 * with the same mark, so that half of one is recognized too.
 */
final class Canaries {
  static final String MARK = "cNrYp4ssw0rd";

  /** What has to be quoted in a URL, in JSON, in SQL, in TOML or in a shell. */
  private static final String AWKWARD = "-\"'\\/%41 +&=:@#?$;`";

  private Canaries() {}

  static String password() {
    return MARK + SecretFile.random() + AWKWARD;
  }
}
