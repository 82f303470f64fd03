package io.tas.dbhub.cli.databases;

import picocli.CommandLine.Option;

/** Whether to wait for the end. */
final class WaitOption {
  @Option(
      names = "--wait",
      description = "Wait until its operation has ended, and tell its steps meanwhile.")
  private boolean wait;

  boolean wanted() {
    return wait;
  }
}
