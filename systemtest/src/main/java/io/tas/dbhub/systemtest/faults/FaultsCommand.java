package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.Steps;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Breaks operations off at every step and looks whether anything is lost or left behind. */
@Command(
    name = "bin/faults",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs every operation on real engines of its own, with a fault at every step, and compares"
          + " Secret, resource, node, DBHub, Temporal and journal with what they should be.",
      "Without options: a representative set. Leaves nothing behind but target/faults."
    })
public final class FaultsCommand implements Callable<Integer> {
  static final int AT_ONCE = 12;
  static final int WORKERS = 4;

  @Option(names = "--all", description = "The whole matrix, and a soak of random crashes.")
  private boolean all;

  @Option(
      names = "--crashes",
      defaultValue = "200",
      description = "How many crashes the soak has (default: ${DEFAULT-VALUE}).")
  private int crashes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "What the soak's chance follows from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only cases whose line has this text in it, such as 'provision' or 'kill -9'.")
  private String only = "";

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new FaultsCommand())
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

  @Override
  public Integer call() throws Exception {
    Steps steps = new Steps(System.out);
    Path directory = Directories.emptied(Path.of("target", "faults").toAbsolutePath());
    Programs programs = Programs.standard(System.out);
    try (Harness harness = new Harness(directory, programs, WORKERS, all, seed, steps)) {
      Matrix matrix = new Matrix(harness, steps);
      List<Case> found =
          matrix.cases(operations()).stream().filter(tried -> chosen(tried.toString())).toList();
      List<Case> cases = all || !only.isEmpty() ? found : Matrix.representative(found);
      steps.say("matrix", cases.size() + " cases");
      List<Outcome> outcomes = matrix.run(cases, AT_ONCE, seed);
      System.out.println();
      System.out.println(Report.of(outcomes));
      steps.say("matrix", harness.workers().crashes() + " workers killed");
      boolean right = outcomes.stream().allMatch(Outcome::right);
      if (all && crashes > 0) {
        List<String> wrong = new Soak(harness, steps, seed).run(crashes);
        wrong.forEach(line -> steps.say("WRONG", line));
        right &= wrong.isEmpty();
      }
      return right ? 0 : 1;
    }
  }

  /** No other is explored where the text names some. */
  private List<Operation> operations() {
    List<Operation> named =
        Arrays.stream(Operation.values()).filter(one -> chosen(one.toString())).toList();
    return named.isEmpty() ? List.of(Operation.values()) : named;
  }

  private boolean chosen(String text) {
    return text.toLowerCase(Locale.ROOT).contains(only.toLowerCase(Locale.ROOT));
  }
}
