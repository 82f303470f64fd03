package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.batch.BatchRequest;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.system.Waiting;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import io.tas.dbhub.storage.journal.NewBatch;
import io.tas.dbhub.storage.journal.NewRow;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An import of three new connections, of the one that is there already, of another under its name,
 * and of one that breaks a rule. Each row is told exactly as it is, and each connection is made
 * once.
 */
final class BatchScenario implements Scenario {
  private static final int NEW = 3;
  private static final List<String> DONE =
      List.of(
          "1 done false",
          "2 done false",
          "3 done false",
          "4 unchanged false",
          "5 failed false",
          "6 invalid false");

  /** One after the other, so that a fault hits the row it is meant for. */
  private static final BatchLimits LIMITS = new BatchLimits(1, 1, 0);

  private static final int TRIES = 5;
  private static final Duration FOLLOW = Duration.ofMinutes(2);
  private static final Standing STANDING =
      new Standing("harness", true, Set.of(), AccessLevel.MANAGE);

  private final Subject subject;
  private final Starter starter;
  private final Batches batches;
  private final World world;
  private final Sql journal;
  private final List<Subject> made = new ArrayList<>();
  private final Subject same;
  private final Subject other;

  /**
   * @param batches of the journal, past the proxies
   */
  BatchScenario(
      Subject subject,
      Subjects subjects,
      Starter starter,
      Batches batches,
      World world,
      Sql journal) {
    this.subject = subject;
    this.starter = starter;
    this.batches = batches;
    this.world = world;
    this.journal = journal;
    for (int i = 0; i < NEW; i++) {
      made.add(subjects.next(subject));
    }
    same = subjects.next(subject);
    other = subjects.next(subject);
  }

  @Override
  public void prepare() {
    Instant now = Instant.now();
    NewBatch batch =
        new NewBatch(subject.id(), scope(), BatchKind.IMPORT, "", "harness", "", LIMITS, null, now);
    insist(
        () -> {
          batches.create(batch);
          return batch;
        });
    List<NewRow> rows = new ArrayList<>();
    for (Subject one : made) {
      rows.add(row(rows.size() + 1, one.definition("1"), one));
    }
    rows.add(row(NEW + 1, same.named(subject.definition("1")), null));
    rows.add(row(NEW + 2, other.named(subject.definition("2")), null));
    rows.add(row(NEW + 3, null, null));
    insist(() -> batches.add(scope(), subject.id(), rows));
    insist(
        () ->
            batches.change(
                scope(), subject.id(), EnumSet.of(BatchState.LOADING), BatchState.CHECKED, now));
  }

  private NewRow row(int number, @Nullable DatabaseDefinition definition, @Nullable Subject login) {
    return new NewRow(
        number,
        number,
        definition == null ? "" : definition.name(),
        definition == null ? "" : String.valueOf(definition.target().host()),
        definition == null ? null : definition.id(),
        definition,
        login == null ? null : starter.sealed(login, "A"),
        definition == null ? RowState.INVALID : RowState.PENDING,
        definition == null ? List.of(new Violation("port", "must be a port")) : List.of());
  }

  private Scope scope() {
    return subject.ref().scope();
  }

  @Override
  public WorkflowStub start() {
    return run(EnumSet.noneOf(RowState.class));
  }

  /** As somebody does who wants these rows to be tried anew; one that did not end goes on. */
  private WorkflowStub run(Set<RowState> again) {
    insist(() -> batches.begin(scope(), subject.id(), again, Instant.now()));
    int run = insist(() -> batches.find(scope(), subject.id()).orElseThrow().run());
    return starter.batch(
        subject,
        new BatchRequest(subject.id(), scope(), run, BatchKind.IMPORT, STANDING, LIMITS, null));
  }

  /** A busy machine takes longer than the journal is waited for; what was done stays as it is. */
  private static <T> T insist(Supplier<T> call) {
    for (int i = 1; i < TRIES; i++) {
      try {
        return call.get();
      } catch (JournalUnavailableException busy) {
        // Again, then.
      }
    }
    return call.get();
  }

  @Override
  public Optional<String> check(WorkflowStub operation, Ending ending) {
    List<String> wrong = new ArrayList<>();
    List<String> rows = rows();
    boolean told = ending instanceof Ending.Done;
    for (int i = 0; i < NEW; i++) {
      checkRow(told, rows.get(i), made.get(i)).ifPresent(wrong::add);
    }
    if (told && !rows.subList(NEW, rows.size()).equals(DONE.subList(NEW, rows.size()))) {
      wrong.add("the other rows are " + rows);
    }
    String state = state();
    boolean attention = rows.stream().anyMatch(row -> row.contains("attention"));
    if (told && !state.equals(attention ? "needs_attention" : "failed")) {
      wrong.add("the batch is " + state + " with the rows " + rows);
    }
    Ending again = Ending.await(run(EnumSet.of(RowState.FAILED, RowState.ATTENTION)), false);
    if (!(again instanceof Ending.Done) || !rows().equals(DONE) || !state().equals("failed")) {
      wrong.add("run again it is " + again + ", " + state() + " with the rows " + rows());
    }
    for (Subject one : made) {
      awaited(one, Facts.whole("A", "1")).ifPresent(wrong::add);
    }
    List<String> names = world.names(scope());
    if (names.size() != NEW + 1) {
      wrong.add("there are the databases " + names);
    }
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
  }

  private Optional<String> checkRow(boolean told, String row, Subject one) {
    List<String> words = List.of(row.split(" "));
    boolean sealed = Boolean.parseBoolean(words.get(2));
    return switch (words.get(1)) {
      case "done" ->
          sealed
              ? Optional.of("row " + row + " keeps its credentials")
              : awaited(one, Facts.whole("A", "1"));
      case "failed" -> awaited(one, Facts.NOTHING);
      case "attention" -> decided(row, one);
      default -> told ? Optional.of("row " + row + " is told as that") : Optional.empty();
    };
  }

  /** The operation of a row that waits for a person has to end when it is told to go on. */
  private Optional<String> decided(String row, Subject one) {
    WorkflowStub operation = starter.running(WorkflowIds.database(one.id()));
    if (Ending.await(operation, true) instanceof Ending.Parked parked) {
      Ending ending = CaseRunner.resolve(operation, parked);
      return awaited(one, ending instanceof Ending.Done ? Facts.whole("A", "1") : Facts.NOTHING);
    }
    return Optional.of("row " + row + " waits for nobody");
  }

  private Optional<String> awaited(Subject one, Facts expected) {
    try {
      Waiting.until("a row's connection", FOLLOW, () -> world.look(one), expected::equals);
      return Optional.empty();
    } catch (EngineException late) {
      return Optional.of(
          "[%s] expected %s, but there is %s".formatted(one.id(), expected, world.look(one)));
    }
  }

  /** Number, state, and whether it has credentials still. */
  private List<String> rows() {
    return journal.rows(
        "SELECT number, state, CASE WHEN sealed IS NULL THEN 'false' ELSE 'true' END"
            + " FROM batch_rows WHERE batch_id = ? ORDER BY number",
        subject.id());
  }

  private String state() {
    return String.join(", ", journal.rows("SELECT state FROM batches WHERE id = ?", subject.id()));
  }

  @Override
  public void tidyUp() {
    for (Subject one : made) {
      if (!world.look(one).isNothing()) {
        Ending.await(starter.deprovision(one), false);
      }
    }
    journal.run("DELETE FROM batch_rows WHERE batch_id = ?", subject.id());
    journal.run("DELETE FROM batches WHERE id = ?", subject.id());
  }

  @Override
  public Optional<String> left() {
    return made.stream().flatMap(one -> awaited(one, Facts.NOTHING).stream()).findFirst();
  }
}
