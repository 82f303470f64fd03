package io.tas.dbhub.systemtest;

import io.tas.dbhub.dev.engine.Programs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link TestSystem}: started for the first class that asks, closed after the last.
 * Where an engine cannot be had they are skipped with the reason, but fail with {@code CI=true}.
 */
final class RealSystem implements ExecutionCondition, ParameterResolver {
  private static final String KEY = "system";

  /** What a start has come to; kept, so that a failure is not tried again for every class. */
  private record Start(Optional<TestSystem> system, String obstacle) implements AutoCloseable {
    @Override
    public void close() {
      system.ifPresent(TestSystem::close);
    }
  }

  /** Before there is an instance of the class, which may be one for all of its tests. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Start start = start(context);
    if (start.system().isPresent()) {
      start.system().get().usedBy(context.getRequiredTestClass());
      return ConditionEvaluationResult.enabled("the system runs");
    }
    NeededEngines.demand(start.obstacle());
    return ConditionEvaluationResult.disabled(start.obstacle());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestSystem.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return start(context).system().orElseThrow();
  }

  private static Start start(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(RealSystem.class))
        .getOrComputeIfAbsent(KEY, key -> start(), Start.class);
  }

  private static Start start() {
    Programs programs = Programs.standard(System.out);
    Optional<String> obstacle =
        NeededEngines.obstacle(
            "The system tests on real engines",
            List.of(
                programs.temporal(),
                programs.kubernetes(),
                programs.dbhub(),
                programs.postgres(),
                programs.mariadb()));
    if (obstacle.isPresent()) {
      return new Start(Optional.empty(), obstacle.get());
    }
    return new Start(Optional.of(TestSystem.start(programs)), "");
  }
}
