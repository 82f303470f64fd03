package io.tas.dbhub.activities.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.schema.SchemaPolicy;
import io.tas.dbhub.core.schema.SchemaTotals;
import io.tas.dbhub.core.schema.SyncOutcome;
import io.tas.dbhub.storage.catalogue.SchemaState;
import io.tas.dbhub.storage.catalogue.SchemaVersionRef;
import io.tas.dbhub.storage.catalogue.StoredSchema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  private static final String FOUND = "found";

  @ParameterizedTest
  @EnumSource(SchemaPolicy.class)
  void whatIsFoundFirstIsTakenWhateverThePolicy(SchemaPolicy policy) {
    assertThat(Verdict.of(stored(policy, 0, null, false), 5, FOUND, null))
        .isEqualTo(SyncOutcome.FIRST);
  }

  @ParameterizedTest
  @EnumSource(SchemaPolicy.class)
  void theSameIsUnchanged(SchemaPolicy policy) {
    assertThat(Verdict.of(stored(policy, 3, "other", false), 0, FOUND, null))
        .isEqualTo(SyncOutcome.UNCHANGED);
  }

  @ParameterizedTest
  @EnumSource(SchemaPolicy.class)
  void whatADeadAttemptHalfWroteIsWrittenToItsEnd(SchemaPolicy policy) {
    assertThat(Verdict.of(stored(policy, 3, null, true), 0, FOUND, null))
        .isEqualTo(SyncOutcome.CHANGED);
    assertThat(Verdict.of(stored(policy, 0, null, true), 0, FOUND, null))
        .isEqualTo(SyncOutcome.FIRST);
  }

  @ParameterizedTest
  @CsvSource({"PROPAGATE, CHANGED", "IGNORE, IGNORED", "APPROVE, AWAITING"})
  void aChangeGoesByThePolicy(SchemaPolicy policy, SyncOutcome outcome) {
    assertThat(Verdict.of(stored(policy, 3, null, false), 1, FOUND, null)).isEqualTo(outcome);
  }

  @Test
  void anApprovalIsOfOneDigest() {
    StoredSchema stored = stored(SchemaPolicy.APPROVE, 3, null, false);
    assertThat(Verdict.of(stored, 1, FOUND, FOUND)).isEqualTo(SyncOutcome.CHANGED);
    assertThat(Verdict.of(stored, 1, FOUND, "another")).isEqualTo(SyncOutcome.AWAITING);
  }

  @Test
  void whatWasRejectedIsNotAskedAboutAgainButCanStillBeApproved() {
    StoredSchema stored = stored(SchemaPolicy.APPROVE, 3, FOUND, false);
    assertThat(Verdict.of(stored, 1, FOUND, null)).isEqualTo(SyncOutcome.REJECTED);
    assertThat(Verdict.of(stored, 1, "another", null)).isEqualTo(SyncOutcome.AWAITING);
    assertThat(Verdict.of(stored, 1, FOUND, FOUND)).isEqualTo(SyncOutcome.CHANGED);
  }

  private static StoredSchema stored(
      SchemaPolicy policy, long version, @Nullable String rejected, boolean writing) {
    return new StoredSchema(
        new SchemaState(
            policy,
            version,
            null,
            new SchemaTotals(0, 0),
            null,
            null,
            null,
            rejected,
            null,
            null,
            null),
        Map.of(),
        writing ? new SchemaVersionRef(version + 1, Instant.EPOCH, version == 0) : null);
  }
}
