package io.tas.dbhub.workflows;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tas.dbhub.workflows");

  private static final Set<String> CLOCK_AND_CHANCE =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.systemUTC",
          "java.util.UUID.randomUUID",
          "java.lang.Math.random",
          "java.lang.Thread.sleep");

  @Test
  void workflowsAreDeterministic() {
    ArchRule rule =
        noClasses()
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "reads the clock or chance",
                    (JavaCall<?> call) ->
                        CLOCK_AND_CHANCE.contains(
                            call.getTargetOwner().getFullName() + "." + call.getName())))
            .because("a replay must take the same way: use Workflow.currentTimeMillis, newRandom");
    rule.check(CLASSES);
  }

  @Test
  void workflowsMakeNoRandomNumbersOfTheirOwn() {
    ArchRule rule =
        noClasses()
            .should()
            .callConstructor(java.util.Random.class)
            .orShould()
            .callConstructor(java.util.Random.class, long.class)
            .because("Workflow.newRandom gives the same numbers at a replay");
    rule.check(CLASSES);
  }

  @Test
  void workflowsDoNoInputOrOutputAndStartNoThreads() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.io..",
                "java.net..",
                "java.nio.file..",
                "java.sql..",
                "java.util.concurrent..",
                "java.util.logging..",
                "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, java.security.SecureRandom.class)
            .allowEmptyShould(false)
            .because("workflow code decides; activities act");
    rule.check(CLASSES);
  }

  @Test
  void theRulesLookAtTheWorkflows() {
    if (!CLASSES.contain("io.tas.dbhub.workflows.provision.ProvisionDatabaseImpl")) {
      throw new AssertionError("no workflow was imported, so the rules above proved nothing");
    }
  }
}
