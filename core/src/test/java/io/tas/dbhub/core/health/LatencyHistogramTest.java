package io.tas.dbhub.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  @Test
  void ofNothingThereIsNoPercentile() {
    assertThat(LatencyHistogram.EMPTY.percentile(0.5)).isEmpty();
    assertThat(LatencyHistogram.EMPTY.plus(LatencyHistogram.EMPTY))
        .isEqualTo(LatencyHistogram.EMPTY);
  }

  @Test
  void whatTookLongIsInTheSmallestBucketThatHoldsIt() {
    for (long millis : new long[] {-1, 0, 1}) {
      assertThat(LatencyHistogram.of(millis).counts().get(0)).as("%d", millis).isEqualTo(1);
    }
    assertThat(LatencyHistogram.of(2).counts().get(1)).isEqualTo(1);
    assertThat(LatencyHistogram.of(1024).counts().get(10)).isEqualTo(1);
    assertThat(LatencyHistogram.of(1025).counts().get(11)).isEqualTo(1);
    assertThat(LatencyHistogram.of(16_384).counts().get(14)).isEqualTo(1);
    assertThat(LatencyHistogram.of(16_385).counts().get(15)).isEqualTo(1);
    assertThat(LatencyHistogram.of(Long.MAX_VALUE).counts().get(15)).isEqualTo(1);
    assertThat(LatencyHistogram.of(Long.MAX_VALUE).percentile(1)).hasValue(Long.MAX_VALUE);
  }

  @Test
  void aPercentileIsRightToWithinItsBucketAndNeverAboveTheLongest() {
    Random random = new Random(7);
    long[] took =
        LongStream.generate(() -> (long) Math.exp(random.nextDouble() * 11))
            .limit(10_000)
            .sorted()
            .toArray();
    LatencyHistogram all =
        LongStream.of(took)
            .mapToObj(LatencyHistogram::of)
            .reduce(LatencyHistogram.EMPTY, LatencyHistogram::plus);

    assertThat(all.longestMillis()).isEqualTo(took[took.length - 1]);
    assertThat(all.percentile(1)).hasValue(all.longestMillis());
    for (double share : new double[] {0.1, 0.5, 0.9}) {
      long exact = took[(int) (share * took.length) - 1];
      assertThat(all.percentile(share).orElseThrow()).isBetween(exact / 2, exact * 2);
    }
    assertThat(LatencyHistogram.of(130).percentile(0.99).orElseThrow()).isLessThanOrEqualTo(130);
  }

  @Test
  void anotherNumberOfBucketsIsNoHistogram() {
    List<Long> few = Collections.nCopies(LatencyHistogram.BUCKETS - 1, 0L);
    assertThatThrownBy(() -> new LatencyHistogram(few, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
