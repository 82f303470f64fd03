package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.schedule.OverlapPolicy;
import io.tas.dbhub.core.schedule.RunRequest;
import io.tas.dbhub.core.schedule.ScheduleDefinition;
import io.tas.dbhub.core.schedule.ScheduleKind;
import io.tas.dbhub.core.schedule.ScheduleTarget;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.core.schedule.Timing;
import io.temporal.client.WorkflowStub;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The query of a schedule: one that reads, whose answer is another than before, or one that writes.
 * Each run has one result, which history and audit have once each; nothing is written twice, and
 * what is said of a write is true.
 */
final class QueryScenario implements Scenario {
  private static final int DAY = 86_400;
  private static final int KEPT = 10;
  private static final int TRIES = 6;

  private final Subject subject;
  private final boolean writes;
  private final Starter starter;
  private final Sql target;
  private final Sql journal;
  private List<String> before = List.of();

  QueryScenario(Subject subject, boolean writes, Starter starter, Sql target, Sql journal) {
    this.subject = subject;
    this.writes = writes;
    this.starter = starter;
    this.target = target;
    this.journal = journal;
  }

  @Override
  public void prepare() {
    note("kept");
    note("taken away");
    Ending ending = Ending.await(run(false), false);
    // A DBHub takes it up by and by.
    for (int i = 1; i < TRIES && !(ending instanceof Ending.Done); i++) {
      ending = Ending.await(run(false), false);
    }
    before = results();
    if (!(ending instanceof Ending.Done) || before.size() != 1) {
      throw new IllegalStateException("no answer to begin with: " + ending + ", " + before);
    }
    target.run("DELETE FROM notes WHERE owner = ? AND note = 'taken away'", subject.id());
    note("new");
  }

  private void note(String text) {
    target.run("INSERT INTO notes VALUES (?, ?)", subject.id(), text);
  }

  @Override
  public WorkflowStub start() {
    return run(writes);
  }

  private WorkflowStub run(boolean write) {
    String sql =
        write
            ? "INSERT INTO notes VALUES ('%s', 'written')"
            : "SELECT note FROM notes WHERE owner = '%s' ORDER BY note";
    return starter.schedule(
        subject,
        new RunRequest(
            subject.id(),
            subject.ref().scope(),
            new ScheduleDefinition(
                "notes",
                ScheduleKind.QUERY,
                ScheduleTarget.of(List.of(subject.id())),
                Timing.every(DAY, 0),
                OverlapPolicy.SKIP,
                DAY,
                false,
                new ScheduledQuery(sql.formatted(subject.id()), List.of(), null, null, KEPT, null)),
            // Whoever may only read has a connection that can only be read.
            new Standing("harness", true, Set.of(), write ? AccessLevel.WRITE : AccessLevel.QUERY),
            "made",
            null));
  }

  @Override
  public Optional<String> check(WorkflowStub operation, Ending ending) {
    List<String> wrong = new ArrayList<>();
    boolean done = ending instanceof Ending.Done;
    List<String> results = fresh();
    if (results.size() > 1 || (done && results.isEmpty())) {
      wrong.add("one run has the results " + results);
    }
    results.forEach(result -> check(done, result).ifPresent(wrong::add));
    if (results.isEmpty() && written() > 0) {
      wrong.add("it was written, and nothing is said of it");
    }
    long told = written();
    Ending again = Ending.await(start(), false);
    if (!(again instanceof Ending.Done) || fresh().size() != results.size() + 1) {
      wrong.add("the next run is " + again + ", with " + fresh());
    }
    if (writes && written() != told + 1) {
      wrong.add("the next run writes " + (written() - told) + " times");
    }
    unaccounted().ifPresent(wrong::add);
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
  }

  private Optional<String> check(boolean done, String result) {
    long written = written();
    List<String> words = List.of(result.split(" ", -1));
    boolean right =
        switch (words.get(1)) {
          case "succeeded" ->
              writes ? written == 1 : words.subList(2, words.size()).equals(List.of("2", "1", "1"));
          case "failed" -> !done && written == 0;
          // What nobody looked after any more is told as going on, until it goes with its age.
          case "running" -> !done && written <= 1;
          case "unknown" -> !done && writes && written <= 1;
          default -> false;
        };
    return right
        ? Optional.empty()
        : Optional.of("the result " + result + ", while " + written + " rows were written");
  }

  private List<String> fresh() {
    return results().stream().filter(result -> !before.contains(result)).toList();
  }

  /** Id, status, rows, and how many of them are new and are gone. */
  private List<String> results() {
    return journal.rows(
        "SELECT id, status, row_count, added, removed FROM schedule_results"
            + " WHERE schedule_id = ? ORDER BY started_at",
        subject.id());
  }

  private long written() {
    return Long.parseLong(
        target
            .rows("SELECT count(*) FROM notes WHERE owner = ? AND note = 'written'", subject.id())
            .get(0));
  }

  /** Every query that has ended is in history and audit, under its id, and no other is. */
  private Optional<String> unaccounted() {
    List<String> ended =
        journal.rows(
            "SELECT id FROM schedule_results WHERE schedule_id = ? AND status <> 'running'"
                + " ORDER BY id",
            subject.id());
    List<String> history =
        journal.rows(
            "SELECT id FROM queries WHERE source = ? ORDER BY id", "schedule " + subject.id());
    List<String> audit =
        journal.rows(
            "SELECT id FROM audit WHERE source = ? ORDER BY id", "schedule " + subject.id());
    return history.equals(ended) && audit.equals(ended)
        ? Optional.empty()
        : Optional.of(
            "the results %s are %s in the history and %s in the audit"
                .formatted(ended, history, audit));
  }

  @Override
  public void tidyUp() {
    target.run("DELETE FROM notes WHERE owner = ?", subject.id());
  }
}
