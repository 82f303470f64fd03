package io.tas.dbhub.activities.kubernetes.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generates the CRDs; with {@code -Dcrds.write=true} it writes the committed ones anew. */
class GeneratedCrdsTest {
  private static final Path COMMITTED = Path.of("..", "deploy", "k8s", "crds");
  private static final List<String> NAMES =
      List.of("databases.dbhub.tas.io", "dbhubinstances.dbhub.tas.io");

  @TempDir Path generated;

  @Test
  void theCommittedCrdsAreTheGeneratedOnes() throws IOException {
    new CRDGenerator()
        .customResourceClasses(DatabaseResource.class, DBHubInstance.class)
        .withPostProcessor(new CrdFinish())
        .withMinQuotes(true)
        .inOutputDir(generated.toFile())
        .generate();

    for (String name : NAMES) {
      // Helm prints them one after the other, with nothing in between.
      String fresh = "---\n" + Files.readString(generated.resolve(name + "-v1.yml"));
      Path committed = COMMITTED.resolve(name + ".yaml");
      if (Boolean.getBoolean("crds.write")) {
        Files.createDirectories(COMMITTED);
        Files.writeString(committed, fresh);
      }
      assertThat(committed).hasContent(fresh);
    }
  }
}
