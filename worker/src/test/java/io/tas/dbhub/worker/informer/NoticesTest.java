package io.tas.dbhub.worker.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.ResourceRef;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private static final ResourceRef RESOURCE = new ResourceRef("ns", "x");
  private static final MonitorRequest REQUEST = MonitorRequest.byHand(RESOURCE, "1", null);
  private static final Notice CHANGED = new Notice.ConnectionChanged("1", REQUEST);
  private static final Notice SEEN = new Notice.ConnectionSeen("1", REQUEST);
  private static final Notice GONE = new Notice.ConnectionGone("1");
  private static final Notice INSTANCE = new Notice.InstanceChanged(RESOURCE);

  private final AtomicBoolean down = new AtomicBoolean();
  private final List<Notice> told = new CopyOnWriteArrayList<>();
  private final List<Integer> together = new CopyOnWriteArrayList<>();
  private final Notices notices =
      new Notices(
          new Notices.Teller() {
            @Override
            public void tell(Notice notice) {
              if (down.get()) {
                throw new IllegalStateException("down");
              }
              told.add(notice);
            }

            @Override
            public void tellNew(List<Notice.ConnectionNew> connections) {
              together.add(connections.size());
              connections.forEach(this::tell);
            }
          });

  @AfterEach
  void close() {
    notices.close();
  }

  @Test
  void aThousandChangesOfOneThingAreToldOnce() {
    notices.add(Collections.nCopies(1000, INSTANCE));
    notices.add(List.of(CHANGED));
    notices.start();

    await().atMost(Duration.ofSeconds(10)).until(() -> told.size() == 2);
    assertThat(told).containsExactlyInAnyOrder(INSTANCE, CHANGED);
  }

  @Test
  void aChangeIsNotForgottenForHavingBeenSeen() {
    notices.add(List.of(CHANGED, SEEN));
    notices.start();

    await().atMost(Duration.ofSeconds(10)).until(() -> !told.isEmpty());
    assertThat(told).containsExactly(CHANGED);
  }

  @Test
  void whatIsGoneIsNotProbedFirst() {
    notices.add(List.of(CHANGED, GONE));
    notices.start();

    await().atMost(Duration.ofSeconds(10)).until(() -> !told.isEmpty());
    assertThat(told).containsExactly(GONE);
  }

  @Test
  void manyNewConnectionsAreToldTogetherAndNoneTwice() {
    List<Notice> many = IntStream.range(0, 250).mapToObj(NoticesTest::fresh).toList();
    notices.add(many);
    notices.start();

    await().atMost(Duration.ofSeconds(10)).until(() -> told.size() == 250);
    assertThat(told).containsExactlyInAnyOrderElementsOf(many);
    assertThat(together).containsExactlyInAnyOrder(100, 100, 50);
  }

  private static Notice fresh(int number) {
    return new Notice.ConnectionNew("new-" + number, REQUEST);
  }

  @Test
  void whatCouldNotBeToldIsToldLater() {
    down.set(true);
    notices.add(List.of(INSTANCE, CHANGED));
    notices.start();
    down.set(false);

    await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 2);
    assertThat(told).containsExactlyInAnyOrder(INSTANCE, CHANGED);
  }
}
