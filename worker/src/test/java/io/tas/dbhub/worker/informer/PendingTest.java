package io.tas.dbhub.worker.informer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.ResourceRef;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingTest {
  private static final ResourceRef RESOURCE = new ResourceRef("ns", "x");
  private static final MonitorRequest REQUEST = MonitorRequest.byHand(RESOURCE, "1", null);
  private static final Notice INSTANCE = new Notice.InstanceChanged(RESOURCE);
  private static final long GATHERED = Pending.GATHERING.toNanos();

  private final Pending pending = new Pending();

  private static Notice fresh(int number) {
    return new Notice.ConnectionNew("new-" + number, REQUEST);
  }

  @Test
  void aLoneNewConnectionIsToldByItselfAfterAMoment() {
    pending.put(fresh(1), 0);

    assertThat(pending.next(0)).isEmpty();
    assertThat(pending.nanosToNext(0)).isEqualTo(GATHERED);
    assertThat(pending.next(GATHERED)).containsExactly(fresh(1));
    assertThat(pending.nanosToNext(GATHERED)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void manyNewConnectionsAreToldTogether() {
    IntStream.range(0, Pending.MANY).forEach(number -> pending.put(fresh(number), number));

    assertThat(pending.next(GATHERED)).hasSize(Pending.MANY);
    assertThat(pending.next(GATHERED)).isEmpty();
  }

  @Test
  void enoughNewConnectionsAreNotWaitedWith() {
    IntStream.range(0, 130).forEach(number -> pending.put(fresh(number), 0));

    assertThat(pending.next(0)).hasSize(100);
    assertThat(pending.next(0)).isEmpty();
    assertThat(pending.next(Pending.BETWEEN_MANY.toNanos())).hasSize(30);
  }

  @Test
  void whileABurstGoesOnNewConnectionsAreGatheredForLonger() {
    long pause = Pending.BETWEEN_MANY.toNanos();
    IntStream.range(0, Pending.MANY).forEach(number -> pending.put(fresh(number), 0));
    assertThat(pending.next(GATHERED)).hasSize(Pending.MANY);
    IntStream.range(10, 20).forEach(number -> pending.put(fresh(number), GATHERED));

    assertThat(pending.next(2 * GATHERED)).isEmpty();
    assertThat(pending.nanosToNext(2 * GATHERED)).isEqualTo(pause - GATHERED);
    assertThat(pending.next(GATHERED + pause)).hasSize(10);
  }

  @Test
  void whatIsGoneIsNoLongerNew() {
    Notice gone = new Notice.ConnectionGone("new-1");
    pending.put(fresh(1), 0);
    pending.put(gone, 0);

    assertThat(pending.next(0)).containsExactly(gone);
    assertThat(pending.next(GATHERED)).isEmpty();
  }

  @Test
  void aNewConnectionThatChangesIsStillNew() {
    pending.put(fresh(1), 0);
    pending.put(new Notice.ConnectionChanged("new-1", REQUEST), 0);

    assertThat(pending.next(GATHERED)).containsExactly(fresh(1));
  }

  @Test
  void noWorkflowIsToldByTwoAtATime() {
    Notice changed = new Notice.ConnectionChanged("1", REQUEST);
    Notice gone = new Notice.ConnectionGone("1");
    pending.put(changed, 0);
    List<Notice> first = pending.next(0);
    pending.put(gone, 0);

    assertThat(first).containsExactly(changed);
    assertThat(pending.next(0)).isEmpty();
    pending.tried(first, true, 0);
    assertThat(pending.next(0)).containsExactly(gone);
  }

  @Test
  void whatCouldNotBeToldIsCoveredByWhatCameMeanwhile() {
    Notice changed = new Notice.ConnectionChanged("1", REQUEST);
    Notice gone = new Notice.ConnectionGone("1");
    pending.put(changed, 0);
    List<Notice> first = pending.next(0);
    pending.put(gone, 0);

    pending.tried(first, false, 0);

    assertThat(pending.next(0)).containsExactly(gone);
    assertThat(pending.next(0)).isEmpty();
  }

  @Test
  void anInstanceIsToldOfABurstOnlySoOften() {
    long pause = Pending.BETWEEN_CHANGES.toNanos();
    pending.put(INSTANCE, 0);
    pending.tried(pending.next(0), true, 0);
    pending.put(INSTANCE, 1);

    assertThat(pending.next(1)).isEmpty();
    assertThat(pending.nanosToNext(1)).isEqualTo(pause - 1);
    assertThat(pending.next(pause)).containsExactly(INSTANCE);
  }
}
