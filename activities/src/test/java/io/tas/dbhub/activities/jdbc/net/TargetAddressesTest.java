package io.tas.dbhub.activities.jdbc.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.jdbc.net.TargetAddresses.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TargetAddressesTest {
  private final ExecutorService lookups = Executors.newSingleThreadExecutor();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void stop() {
    over.countDown();
    lookups.shutdownNow();
  }

  private Resolution resolve(Duration patience) throws InterruptedException {
    return new TargetAddresses(new AddressPolicy(true), List.of(), lookups)
        .resolve("localhost", 1, patience);
  }

  @Test
  void aHostThatNobodyHadTimeToLookUpIsNotSlow() throws Exception {
    Future<?> another =
        lookups.submit(
            () -> {
              over.await();
              return null;
            });
    assertThat(resolve(Duration.ofMillis(20))).isEqualTo(new Resolution.Busy());

    over.countDown();
    another.get();
    assertThat(resolve(Duration.ofSeconds(20))).isInstanceOf(Resolution.Allowed.class);

    lookups.shutdown();
    assertThat(resolve(Duration.ofSeconds(20))).isEqualTo(new Resolution.Busy());
  }
}
