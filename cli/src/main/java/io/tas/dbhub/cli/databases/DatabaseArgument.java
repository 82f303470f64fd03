package io.tas.dbhub.cli.databases;

import picocli.CommandLine.Parameters;

/** Which database is meant. */
final class DatabaseArgument {
  @Parameters(index = "0", paramLabel = "DATABASE", description = "Its name or its id.")
  private String text = "";

  String text() {
    return text;
  }
}
