package io.tas.dbhub.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.decision.ParkedStep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one decision about many operations came to.
 *
 * @param truncated whether there are more operations that were meant
 * @param parkedUntil when the last of these was parked: as a filter it leaves out what was parked
 *     after they were seen; not there when there are none
 */
@Schema(name = "BulkDecisionResult")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkDecisionView(
    boolean dryRun,
    int matched,
    boolean truncated,
    @Nullable Instant parkedUntil,
    List<Decided> operations) {
  static final String DECIDED = "decided";
  static final String NOT_TRIED = "not_tried";

  /**
   * @param parked the step as it was seen when the decision was sent
   * @param outcome {@code decided}, {@code not_tried} when time was up, or a failure type; not
   *     there in a dry run
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "DecidedOperation")
  public record Decided(
      String operation,
      String type,
      String spaceId,
      String databaseId,
      String databaseName,
      @Nullable ParkedStep parked,
      @Schema(example = DECIDED) @Nullable String outcome,
      @Nullable String detail) {
    static Decided of(OperationView operation, @Nullable String outcome, @Nullable String detail) {
      return new Decided(
          operation.id(),
          operation.type(),
          operation.spaceId(),
          operation.databaseId(),
          operation.databaseName(),
          operation.parked(),
          outcome,
          detail);
    }
  }
}
