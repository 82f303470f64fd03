package io.tas.dbhub.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long MILLI = 1_000_000;

  @Test
  void aPercentileIsATimeThatWasMeasured() {
    Latencies hundred = millis(LongStream.rangeClosed(1, 100));

    assertThat(hundred.millis(0.5)).isEqualTo(50);
    assertThat(hundred.millis(0.99)).isEqualTo(99);
    assertThat(hundred.millis(1)).isEqualTo(100);
  }

  @Test
  void theOrderOfMeasuringDoesNotMatter() {
    assertThat(millis(LongStream.of(9, 1, 5)).millis(0.5)).isEqualTo(5);
  }

  @Test
  void oneCallIsEveryPercentile() {
    assertThat(millis(LongStream.of(7)).millis(0.01)).isEqualTo(7);
    assertThat(millis(LongStream.of(7)).millis(0.99)).isEqualTo(7);
  }

  @Test
  void runsAddUp() {
    Latencies both = millis(LongStream.of(1)).and(millis(LongStream.of(2, 3)));

    assertThat(both.count()).isEqualTo(3);
    assertThat(both.millis(1)).isEqualTo(3);
  }

  @Test
  void nothingMeasuredHasNoPercentile() {
    assertThatThrownBy(() -> Latencies.NONE.millis(0.5)).isInstanceOf(IllegalStateException.class);
  }

  private static Latencies millis(LongStream millis) {
    List<Long> nanos = millis.map(milli -> milli * MILLI).boxed().toList();
    return new Latencies(nanos);
  }
}
