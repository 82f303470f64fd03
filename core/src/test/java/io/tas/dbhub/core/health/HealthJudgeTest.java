package io.tas.dbhub.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.DatabaseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthJudgeTest {
  private static final HealthPolicy POLICY = HealthPolicy.defaults();

  @Test
  void theFirstProbeIsBelievedAtOnce() {
    assertThat(after("ok")).containsExactly("Connected");
    assertThat(after("fail")).containsExactly("Failed");
  }

  @Test
  void connectedBecomesFailedOnlyAfterSeveralFailures() {
    assertThat(after("ok", "fail", "fail", "fail"))
        .containsExactly("Connected", "Degraded", "Degraded", "Failed");
  }

  @Test
  void failedBecomesConnectedOnlyAfterSeveralSuccesses() {
    assertThat(after("fail", "ok", "ok")).containsExactly("Failed", "Degraded", "Connected");
  }

  @Test
  void aFlappingTargetDoesNotFlap() {
    assertThat(after("ok", "fail", "ok", "fail", "ok", "fail"))
        .containsExactly("Connected", "Degraded", "Degraded", "Degraded", "Degraded", "Degraded");
  }

  @Test
  void aSlowAnswerIsDegradedAndNeverFailed() {
    assertThat(after("ok", "slow", "slow", "slow", "slow", "ok", "ok"))
        .containsExactly(
            "Connected", "Degraded", "Degraded", "Degraded", "Degraded", "Degraded", "Connected");
  }

  @Test
  void aChangedConnectionIsJudgedAsNew() {
    HealthState failed = judge(HealthState.unknown(), false, 1, "fail");
    assertThat(judge(failed, false, 2, "ok").status()).isEqualTo(DatabaseStatus.CONNECTED);
    assertThat(judge(failed, true, 1, "ok").status()).isEqualTo(DatabaseStatus.CONNECTED);
  }

  @Test
  void theMessageNamesKindReasonAndCure() {
    assertThat(judge(HealthState.unknown(), false, 1, "fail").message())
        .isEqualTo("connection: Nobody answers. Check the port.");
  }

  @Test
  void afterAFailureItProbesSoonerAndThenBacksOff() {
    HealthState state = judge(HealthState.unknown(), false, 1, "fail");
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      delays.add(HealthJudge.nextDelay(state, POLICY, 0.5).toSeconds());
      state = judge(state, false, 1, "fail");
    }
    assertThat(delays).containsExactly(15L, 30L, 60L, 120L, 240L, 300L);
  }

  @Test
  void aSlowTargetIsNotHurried() {
    HealthState slow = judge(HealthState.unknown(), false, 1, "slow");
    assertThat(HealthJudge.nextDelay(slow, POLICY, 0.5)).isEqualTo(POLICY.interval());
  }

  @Test
  void jitterSpreadsADelayByItsShareAndNoMore() {
    HealthState connected = judge(HealthState.unknown(), false, 1, "ok");
    assertThat(HealthJudge.nextDelay(connected, POLICY, 0)).isEqualTo(Duration.ofSeconds(270));
    assertThat(HealthJudge.nextDelay(connected, POLICY, 1)).isEqualTo(Duration.ofSeconds(330));
  }

  @Test
  void monitorsThatBeginTogetherProbeAtAnyTimeWithinTheInterval() {
    HealthState connected = HealthState.unknown().found(DatabaseStatus.CONNECTED, "", 0, 1, 1);

    assertThat(HealthJudge.firstDelay(connected, POLICY, 0)).isPositive();
    assertThat(HealthJudge.firstDelay(connected, POLICY, 0.5)).isEqualTo(Duration.ofSeconds(150));
    assertThat(HealthJudge.firstDelay(connected, POLICY, 0.999))
        .isLessThan(HealthPolicy.defaults().interval());
  }

  @Test
  void anUnchangedFindingIsNotWrittenToTheResourceUntilLastCheckedLags() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    HealthState first = judge(HealthState.unknown(), false, 1, "ok").statusWrittenAt(now);
    HealthState same = judge(first, false, 1, "ok");

    assertThat(HealthJudge.same(first, same)).isTrue();
    assertThat(HealthJudge.worthWriting(first, same, POLICY, now.plusSeconds(300))).isFalse();
    assertThat(HealthJudge.worthWriting(first, same, POLICY, now.plusSeconds(1800))).isTrue();
    assertThat(
            HealthJudge.worthWriting(
                first, judge(first, false, 1, "fail"), POLICY, now.plusSeconds(1)))
        .isTrue();
    assertThat(
            HealthJudge.worthWriting(
                first, judge(first, false, 2, "ok"), POLICY, now.plusSeconds(1)))
        .isTrue();
  }

  private static List<String> after(String... findings) {
    List<String> statuses = new ArrayList<>();
    HealthState state = HealthState.unknown();
    for (String finding : findings) {
      state = judge(state, false, 1, finding);
      statuses.add(state.status().wireName());
    }
    return statuses;
  }

  private static HealthState judge(
      HealthState before, boolean changed, long generation, String finding) {
    return HealthJudge.judge(before, POLICY, changed, generation, found(finding));
  }

  private static Diagnosis found(String finding) {
    boolean reachable = !finding.equals("fail");
    ConnectionError error =
        new ConnectionError(ErrorKind.CONNECTION, "Nobody answers.", "Check the port.");
    return new Diagnosis(
        reachable,
        List.of(new DiagnosisStep("connect", reachable, 1, reachable ? null : error)),
        null,
        null,
        null,
        null,
        finding.equals("slow") ? 6000 : 10);
  }
}
