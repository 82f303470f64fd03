package io.tas.dbhub.api.batches;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.Batch;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressStreamTest {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
  private static final Scope SCOPE = new Scope("acme", "main");
  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  @Test
  void itTellsAtOnceAndThenOnlyWhatChanged() {
    ProgressStream stream = stream(null);

    ProgressStream.Step first = stream.look(Optional.of(batch(BatchState.RUNNING, 1)), NOON);
    ProgressStream.Step same =
        stream.look(Optional.of(batch(BatchState.RUNNING, 1)), NOON.plusSeconds(1));
    ProgressStream.Step next =
        stream.look(Optional.of(batch(BatchState.RUNNING, 2)), NOON.plusSeconds(2));

    assertThat(first.text())
        .startsWith("retry: 2000\n\nevent: progress\nid: running-1777982400000-9.0.0.1.0.0.0\n")
        .contains("\"rate_per_second\":2.5,\"eta_seconds\":4}");
    assertThat(same).isEqualTo(new ProgressStream.Step("", false));
    assertThat(next.text()).startsWith("event: progress\n").doesNotContain("retry");
  }

  @Test
  void whoComesAgainIsNotToldWhatTheyKnow() {
    String known = Progress.mark(batch(BatchState.RUNNING, 1));

    ProgressStream.Step again = stream(known).look(Optional.of(batch(BatchState.RUNNING, 1)), NOON);

    assertThat(again.text()).isEqualTo("retry: 2000\n\n");
  }

  @Test
  void itEndsWithTheBatch() {
    ProgressStream stream = stream(null);
    stream.look(Optional.of(batch(BatchState.RUNNING, 1)), NOON);

    ProgressStream.Step end =
        stream.look(Optional.of(batch(BatchState.COMPLETED, 10)), NOON.plusSeconds(1));
    ProgressStream.Step gone = stream(null).look(Optional.empty(), NOON);

    assertThat(end.last()).isTrue();
    assertThat(end.text()).contains("event: progress\n", "event: end\n");
    assertThat(gone.last()).isTrue();
    assertThat(gone.text()).contains("\"state\":\"deleted\"");
  }

  @Test
  void aHeartbeatComesWhileNothingIsKnownAndTheStreamIsBounded() {
    ProgressStream stream = stream(null);
    stream.look(Optional.of(batch(BatchState.RUNNING, 1)), NOON);

    assertThat(stream.blind(NOON.plusSeconds(14)).text()).isEmpty();
    assertThat(stream.blind(NOON.plusSeconds(15)).text()).isEqualTo(": still here\n\n");
    assertThat(stream.blind(NOON.plusSeconds(16)).text()).isEmpty();
    assertThat(stream.blind(NOON.plus(ProgressStream.LONGEST)).last()).isFalse();
    assertThat(stream.blind(NOON.plus(ProgressStream.LONGEST).plusSeconds(1)).last()).isTrue();
  }

  private static ProgressStream stream(@Nullable String told) {
    return new ProgressStream(SCOPE, "id", told, JSON, NOON);
  }

  private static Batch batch(BatchState state, long done) {
    return new Batch(
        "id",
        SCOPE,
        BatchKind.IMPORT,
        "",
        "ada",
        "",
        state,
        1,
        BatchLimits.DEFAULT,
        null,
        NOON,
        NOON,
        null,
        Map.of(RowState.PENDING, 10 - done, RowState.DONE, done),
        25);
  }
}
