package io.tas.dbhub.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.comparison.CompareInventory;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.instance.ReconcileInstance;
import io.tas.dbhub.core.schema.KeepSchemas;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.WorkflowMethod;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What happens to a running workflow when a new build of the worker is rolled out is said beside
 * every workflow, and is what docs/architecture.md promises.
 */
class VersioningTest {
  /** Those that run for as long as what they look after: they cannot wait for their own end. */
  private static final Set<Class<?>> EVER_RUNNING =
      Set.of(
          MonitorDatabaseHealth.class,
          ReconcileInstance.class,
          CompareInventory.class,
          KeepSchemas.class);

  @Test
  void theEverRunningUpgradeAndAllOthersFinishOnTheBuildTheyBeganOn() {
    Map<Class<?>, VersioningBehavior> said =
        WorkflowTypes.ALL.stream()
            .collect(Collectors.toMap(type -> type, VersioningTest::behaviour));
    assertThat(said).isNotEmpty();
    said.forEach(
        (type, behaviour) ->
            assertThat(behaviour)
                .as(type.getSimpleName())
                .isEqualTo(
                    EVER_RUNNING.stream().anyMatch(ever -> ever.isAssignableFrom(type))
                        ? VersioningBehavior.AUTO_UPGRADE
                        : VersioningBehavior.PINNED));
  }

  private static VersioningBehavior behaviour(Class<?> implementation) {
    Method declared =
        Arrays.stream(implementation.getInterfaces())
            .flatMap(contract -> Arrays.stream(contract.getMethods()))
            .filter(method -> method.isAnnotationPresent(WorkflowMethod.class))
            .findFirst()
            .orElseThrow();
    try {
      WorkflowVersioningBehavior said =
          implementation
              .getMethod(declared.getName(), declared.getParameterTypes())
              .getAnnotation(WorkflowVersioningBehavior.class);
      return said == null ? VersioningBehavior.UNSPECIFIED : said.value();
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
