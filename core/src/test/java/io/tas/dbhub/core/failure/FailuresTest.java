package io.tas.dbhub.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
  @ParameterizedTest
  @EnumSource(FailureType.class)
  void aFailureIsFoundByItsTypeThroughAnyChainOfCauses(FailureType type) {
    ApplicationFailure failure = Failures.of(type, "why");

    assertThat(Failures.typeOf(new RuntimeException(new RuntimeException(failure))))
        .isEqualTo(type);
    assertThat(failure.isNonRetryable()).isEqualTo(!type.retryable());
  }

  @Test
  void wireNamesAreDistinct() {
    assertThat(Arrays.stream(FailureType.values()).map(FailureType::wireName))
        .doesNotHaveDuplicates();
  }

  @Test
  void aCancellationIsOneWhateverWrapsIt() {
    assertThat(Failures.typeOf(new RuntimeException(new CanceledFailure("x"))))
        .isEqualTo(FailureType.CANCELLED);
  }

  @Test
  void whatNothingForesawIsInternal() {
    assertThat(Failures.typeOf(new IllegalStateException("x"))).isEqualTo(FailureType.INTERNAL);
  }
}
