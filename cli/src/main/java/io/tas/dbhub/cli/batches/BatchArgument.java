package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import picocli.CommandLine.Parameters;

/** Which batch is meant. */
final class BatchArgument {
  @Parameters(
      index = "0",
      paramLabel = "BATCH",
      description = "Its id, as lists and answers tell it.")
  private String id = "";

  /**
   * @throws CommandFailure NOT_FOUND for what cannot be an id
   */
  String id() {
    if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND, "There is no batch " + id + ".", "List: dbhubctl batches list");
    }
    return id;
  }
}
