package io.tas.dbhub.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One step of an operation.
 *
 * @param attempts begun so far
 * @param lastError of the last attempt that failed, also where a later one succeeded
 * @param compensation whether it undoes an earlier step
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "OperationStep")
public record Step(
    @Schema(example = "CreateSecret") String name,
    @Schema(
            implementation = String.class,
            allowableValues = {"pending", "running", "retrying", "done", "failed"})
        State state,
    int attempts,
    @Nullable StepError lastError,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    boolean compensation) {
  /** How far it is. */
  public enum State {
    /** Waits for a worker. */
    PENDING,
    RUNNING,
    /** Has failed, and is tried again. */
    RETRYING,
    DONE,
    FAILED;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param code a failure type
   */
  @Schema(name = "OperationError")
  public record StepError(@Schema(example = "KubernetesUnavailable") String code, String message) {}
}
