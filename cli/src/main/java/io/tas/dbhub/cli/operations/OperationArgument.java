package io.tas.dbhub.cli.operations;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which operation is meant. */
final class OperationArgument {
  @Parameters(
      index = "0",
      paramLabel = "OPERATION",
      description = "Its id, as lists and answers tell it.")
  private String id = "";

  @Option(names = "--all-spaces", description = "Of any space of the tenant (for operators).")
  private boolean allSpaces;

  /**
   * @throws CommandFailure NOT_FOUND for what cannot be an id
   */
  String id() {
    if (!id.matches("[A-Za-z0-9~_-]{1,200}")) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "There is no operation " + id + ".",
          "List: dbhubctl operations list");
    }
    return id;
  }

  Map<String, String> parameters() {
    return allSpaces ? Map.of("all_spaces", "true") : Map.of();
  }
}
