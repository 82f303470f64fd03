package io.tas.dbhub.dev;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows between the folders, as docs/architecture.md draws them. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tas.dbhub");

  @Test
  void modulesUseOnlyThoseAboveThem() {
    ArchRule rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.tas.dbhub..")
            .layer("core")
            .definedBy("io.tas.dbhub.core..")
            .layer("gate")
            .definedBy("io.tas.dbhub.gate..")
            .layer("storage")
            .definedBy("io.tas.dbhub.storage..")
            .layer("dbhub")
            .definedBy("io.tas.dbhub.dbhub..")
            .layer("workflows")
            .definedBy("io.tas.dbhub.workflows..")
            .layer("activities")
            .definedBy("io.tas.dbhub.activities..")
            .layer("api")
            .definedBy("io.tas.dbhub.api..")
            .layer("worker")
            .definedBy("io.tas.dbhub.worker..")
            .layer("dev")
            .definedBy("io.tas.dbhub.dev..")
            .whereLayer("gate")
            .mayOnlyBeAccessedByLayers("activities", "api", "worker", "dev")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("activities", "api", "worker", "dev")
            .whereLayer("dbhub")
            .mayOnlyBeAccessedByLayers("activities", "api", "worker", "dev")
            .whereLayer("workflows")
            .mayOnlyBeAccessedByLayers("worker", "dev")
            .whereLayer("activities")
            .mayOnlyBeAccessedByLayers("worker", "dev")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("dev")
            .whereLayer("worker")
            .mayOnlyBeAccessedByLayers("dev")
            .whereLayer("dev")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("core")
            .mayNotAccessAnyLayer();
    rule.check(CLASSES);
  }

  @Test
  void theApiTouchesNeitherKubernetesNorTargets() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("io.tas.dbhub.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "java.sql..", "javax.sql..", "org.jdbi..")
            .because("a stolen API holds no Secret and reaches no database but through DBHub");
    rule.check(CLASSES);
  }

  @Test
  void theGateKnowsTheModelOnly() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("io.tas.dbhub.gate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.tas.dbhub.storage..", "java.net.http..", "java.nio.file..", "java.sql..")
            .because("what it lets through depends on the text and the engine alone");
    rule.check(CLASSES);
  }

  @Test
  void theCoreDoesNoInputOrOutput() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("io.tas.dbhub.core..")
            .and()
            .resideOutsideOfPackage("io.tas.dbhub.core.sealing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "java.nio.file..", "java.sql..", "io.fabric8..")
            .because("contracts and decisions are tested without an outside world");
    rule.check(CLASSES);
  }
}
