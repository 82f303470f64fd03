package io.tas.dbhub.systemtest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.systemtest.NeededEngines;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The representative set of {@code bin/faults}. On engines of its own, and therefore before the
 * others start theirs.
 */
@Order(1)
class FaultMatrixTest {
  @Test
  void whateverBreaksAnOperationOffItEndsWholeOrUndoneOrParkedWithAnAccurateList()
      throws Exception {
    Programs programs = Programs.standard(System.out);
    NeededEngines.obstacle(
            "The fault matrix",
            List.of(
                programs.temporal(), programs.kubernetes(), programs.dbhub(), programs.postgres()))
        .ifPresent(NeededEngines::skip);
    Path directory = Directories.emptied(Path.of("target", "faults").toAbsolutePath());
    Steps steps = new Steps(System.out);
    List<Outcome> outcomes;
    try (Harness harness =
        new Harness(directory, programs, FaultsCommand.WORKERS, false, 1, steps)) {
      Matrix matrix = new Matrix(harness, steps);
      List<Case> all = matrix.cases(List.of(Operation.values()));
      outcomes = matrix.run(Matrix.representative(all), FaultsCommand.AT_ONCE, 1);
    }

    System.out.println(Report.of(outcomes));
    assertThat(outcomes).isNotEmpty();
    assertThat(outcomes.stream().filter(outcome -> !outcome.right()).map(Report::line)).isEmpty();
  }
}
