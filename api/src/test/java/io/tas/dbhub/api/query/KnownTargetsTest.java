package io.tas.dbhub.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.inventory.QueryTarget;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class KnownTargetsTest {
  private final AskedService inventory = new AskedService();
  private final AtomicInteger read = new AtomicInteger();
  private final AtomicLong now = new AtomicLong();
  private final KnownTargets targets = new KnownTargets(this::read, now::get);

  private Optional<QueryTarget> read(Scope scope, String id) {
    read.incrementAndGet();
    return inventory.target(scope, id);
  }

  @Test
  void aServedDatabaseIsReadOnceWithinASecond() {
    targets.find(AskedService.SCOPE, AskedService.ID);
    now.addAndGet(KnownTargets.BELIEVED.toNanos() - 1);

    assertThat(targets.find(AskedService.SCOPE, AskedService.ID)).isPresent();
    assertThat(read).hasValue(1);
  }

  @Test
  void afterASecondItIsReadAnew() {
    targets.find(AskedService.SCOPE, AskedService.ID);
    now.addAndGet(KnownTargets.BELIEVED.plus(Duration.ofMillis(1)).toNanos());
    inventory.isServed = false;

    assertThat(targets.find(AskedService.SCOPE, AskedService.ID).orElseThrow().endpoint())
        .as("what the inventory says now")
        .isEmpty();
  }

  @Test
  void whatIsNotServedYetIsReadEachTime() {
    inventory.isServed = false;
    targets.find(AskedService.SCOPE, AskedService.ID);
    inventory.isServed = true;

    assertThat(targets.find(AskedService.SCOPE, AskedService.ID).orElseThrow().endpoint())
        .isPresent();
  }

  @Test
  void whatIsNotThereIsReadEachTime() {
    targets.find(AskedService.SCOPE, "other");
    targets.find(AskedService.SCOPE, "other");

    assertThat(read).hasValue(2);
  }

  @Test
  void whatIsKnownInOneScopeIsNotInAnother() {
    targets.find(AskedService.SCOPE, AskedService.ID);

    assertThat(targets.find(new Scope("acme", "elsewhere"), AskedService.ID)).isEmpty();
  }

  @Test
  void whatWasChangedHereIsReadAnew() {
    targets.find(AskedService.SCOPE, AskedService.ID);
    targets.forget(AskedService.SCOPE, AskedService.ID);
    targets.find(AskedService.SCOPE, AskedService.ID);

    assertThat(read).hasValue(2);
  }
}
