package io.tas.dbhub.api.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.failure.FailureType;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProblemExceptionTest {
  /** Their detail or their violations say what is wrong with the request itself. */
  private static final Set<FailureType> SELF_EXPLANATORY =
      Set.of(
          FailureType.INVALID,
          FailureType.NOT_FOUND,
          FailureType.TOO_LARGE,
          FailureType.NOT_READ_ONLY,
          FailureType.SQL_REFUSED);

  @ParameterizedTest
  @EnumSource
  void aFailureThatTheRequestDoesNotExplainComesWithACure(FailureType type) {
    String suggestion = new ProblemException(type, "What happened.").suggestion();

    if (SELF_EXPLANATORY.contains(type)) {
      assertThat(suggestion).isNull();
    } else {
      assertThat(suggestion).as(type.wireName()).isNotBlank();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoeverRaisesAFailureMayKnowTheCureBetter(FailureType type) {
    assertThat(new ProblemException(type, "").withSuggestion("Do this.").suggestion())
        .isEqualTo("Do this.");
  }
}
