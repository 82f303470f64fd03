package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.engine.EngineException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures the control plane against a baseline in the same run. */
@Command(
    name = "bin/bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures the control plane on engines of its own, against a baseline in the same run, and"
            + " leaves nothing behind.",
    subcommands = {
      ProvisionCommand.class,
      ListCommand.class,
      OperatorCommand.class,
      QueryCommand.class,
      GateCommand.class,
      SchemaCommand.class,
      SearchCommand.class,
      HealthCommand.class,
      BatchCommand.class
    })
public final class Bench {
  private Bench() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                  if (!(failure instanceof EngineException)) {
                    throw failure;
                  }
                  System.err.println();
                  System.err.println(failure.getMessage());
                  return 1;
                })
            .execute(args));
  }
}
