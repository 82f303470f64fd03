package io.tas.dbhub.cli.exit;

/** What a script learns from how the command ended. Documented in docs/dbhubctl.md. */
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "the server, the database or the operation failed"),
  USAGE(2, "what was given is not valid: an option, a field, a file"),
  NOT_FOUND(3, "there is no such database or operation"),
  NOT_ALLOWED(4, "not logged in, or not allowed"),
  CONFLICT(5, "something else stands in the way: a taken name, a running operation, a newer state"),
  UNAVAILABLE(6, "the server is not reachable, or something it needs is not; try again later"),
  ATTENTION(7, "the operation waits for a person's decision");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }

  /** For an answer of the API that is no success. */
  public static ExitCode ofStatus(int status) {
    return switch (status) {
      case 400, 413, 414, 415, 431 -> USAGE;
      case 401, 403 -> NOT_ALLOWED;
      case 404 -> NOT_FOUND;
      case 409, 412 -> CONFLICT;
      case 429, 503 -> UNAVAILABLE;
      default -> FAILED;
    };
  }
}
