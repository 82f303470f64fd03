package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResourceStatus;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.model.DatabaseStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a connection by its first check. Pure. */
final class FirstFindings {
  private FirstFindings() {}

  /**
   * What somebody found already, an earlier attempt most likely: the resource's status is what
   * makes a check resumable. Empty where it has to be probed.
   */
  static Optional<HealthState> known(DatabaseResource resource) {
    DatabaseResourceStatus status = resource.getStatus();
    Long generation = resource.getMetadata().getGeneration();
    if (status == null || !Objects.equals(status.observedGeneration(), generation)) {
      return Optional.empty();
    }
    boolean connected = status.phase() == DatabaseStatus.CONNECTED;
    boolean failed = status.phase() == DatabaseStatus.FAILED;
    return connected || failed
        ? Optional.of(
            HealthState.unknown()
                .found(
                    connected ? DatabaseStatus.CONNECTED : DatabaseStatus.FAILED,
                    Optional.ofNullable(status.message()).orElse(""),
                    failed ? 1 : 0,
                    connected ? 1 : 0,
                    generation)
                .statusWrittenAt(time(status.lastChecked())))
        : Optional.empty();
  }

  /** Whether more patience could have found something else. */
  static boolean undecided(Diagnosis diagnosis, Duration patience) {
    ConnectionError error = diagnosis.firstError();
    return !diagnosis.reachable()
        && (error == null
            || error.kind() == ErrorKind.TIMEOUT
            || diagnosis.durationMillis() >= patience.toMillis());
  }

  private static Instant time(@Nullable String written) {
    try {
      return written == null ? Instant.EPOCH : Instant.parse(written);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
