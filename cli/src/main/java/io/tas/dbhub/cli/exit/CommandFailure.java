package io.tas.dbhub.cli.exit;

import java.util.ArrayList;
import java.util.List;

/** Why a command cannot do what it was asked for, in words for who asked. */
public final class CommandFailure extends RuntimeException {
  private final ExitCode exitCode;
  private final List<String> details;

  public CommandFailure(ExitCode exitCode, String message, String... details) {
    this(exitCode, message, List.of(details));
  }

  /**
   * @param details a line each: what is wrong one by one, and what to do
   */
  public CommandFailure(ExitCode exitCode, String message, List<String> details) {
    super(message, null, false, false);
    this.exitCode = exitCode;
    this.details = List.copyOf(details);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public List<String> details() {
    return details;
  }

  /** The same with one more line. */
  public CommandFailure with(String detail) {
    List<String> more = new ArrayList<>(details);
    more.add(detail);
    return new CommandFailure(exitCode, String.valueOf(getMessage()), more);
  }
}
