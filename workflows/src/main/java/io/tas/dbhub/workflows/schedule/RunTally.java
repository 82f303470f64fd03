package io.tas.dbhub.workflows.schedule;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.schedule.ItemOutcome;
import io.tas.dbhub.core.schedule.ItemResult;
import io.tas.dbhub.core.schedule.RunReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what a run comes to. */
final class RunTally {
  private final RunReport before;
  private final Map<ItemOutcome, Long> counts = new EnumMap<>(ItemOutcome.class);
  private final List<RunReport.Finding> findings;

  RunTally(RunReport before) {
    this.before = before;
    this.findings = new ArrayList<>(before.findings());
    counts.put(ItemOutcome.DONE, before.done());
    counts.put(ItemOutcome.CHANGED, before.changed());
    counts.put(ItemOutcome.FAILED, before.failed());
    counts.put(ItemOutcome.SKIPPED, before.skipped());
    counts.put(ItemOutcome.ATTENTION, before.attention());
    counts.put(ItemOutcome.UNDERWAY, before.underway());
  }

  void count(String databaseId, ItemResult result) {
    add(result.outcome(), 1);
    boolean tells =
        result.outcome() == ItemOutcome.FAILED || result.outcome() == ItemOutcome.ATTENTION;
    if (tells && findings.size() < RunReport.MOST_FINDINGS) {
      findings.add(new RunReport.Finding(databaseId, result.outcome(), result.code()));
    }
  }

  void failed(String databaseId, FailureType type) {
    count(databaseId, new ItemResult(ItemOutcome.FAILED, type.wireName()));
  }

  /** Those that the schedule names and that are no more. */
  void gone(int number) {
    add(ItemOutcome.SKIPPED, number);
  }

  String runId() {
    return before.runId();
  }

  RunReport report() {
    return new RunReport(
        before.runId(),
        before.startedAt(),
        counts.values().stream().mapToLong(Long::longValue).sum(),
        of(ItemOutcome.DONE),
        of(ItemOutcome.CHANGED),
        of(ItemOutcome.FAILED),
        of(ItemOutcome.SKIPPED),
        of(ItemOutcome.ATTENTION),
        of(ItemOutcome.UNDERWAY),
        findings);
  }

  private void add(ItemOutcome outcome, long number) {
    counts.merge(outcome, number, Long::sum);
  }

  private long of(ItemOutcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }
}
