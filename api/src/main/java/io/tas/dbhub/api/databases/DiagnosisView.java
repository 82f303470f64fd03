package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.DiagnosisStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a test found. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ConnectionTest")
public record DiagnosisView(
    boolean reachable,
    List<StepView> steps,
    @Nullable String serverVersion,
    @Nullable String database,
    @Nullable Long tables,
    @Nullable Boolean readOnlyRole,
    long durationMs) {
  /** One step of a test: after the first that is not ok there are no more. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ConnectionTestStep")
  public record StepView(
      @Schema(example = "authenticate") String name,
      boolean ok,
      long durationMs,
      @Nullable ErrorView error) {}

  /** Why a step failed. */
  @Schema(name = "ConnectionTestError")
  public record ErrorView(
      @Schema(example = "authentication") String kind, String message, String suggestion) {}

  static DiagnosisView of(Diagnosis diagnosis) {
    return new DiagnosisView(
        diagnosis.reachable(),
        steps(diagnosis),
        diagnosis.serverVersion(),
        diagnosis.database(),
        diagnosis.tables(),
        diagnosis.readOnlyRole(),
        diagnosis.durationMillis());
  }

  static List<StepView> steps(Diagnosis diagnosis) {
    return diagnosis.steps().stream().map(DiagnosisView::step).toList();
  }

  private static StepView step(DiagnosisStep step) {
    ConnectionError error = step.error();
    return new StepView(
        step.name(),
        step.ok(),
        step.durationMillis(),
        error == null
            ? null
            : new ErrorView(error.kind().wireName(), error.message(), error.suggestion()));
  }
}
