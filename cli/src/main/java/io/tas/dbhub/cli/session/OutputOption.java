package io.tas.dbhub.cli.session;

import picocli.CommandLine.Option;

/** How a result is shown. */
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format = Format.table;

  public Format format() {
    return format;
  }
}
