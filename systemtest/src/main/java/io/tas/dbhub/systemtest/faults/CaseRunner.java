package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.Decisions;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.system.Waiting;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs one case on a connection of its own, and compares the world with what it should be. */
final class CaseRunner {
  /** DBHub and health follow an operation; this is how long they may take on a busy machine. */
  private static final Duration FOLLOW = Duration.ofMinutes(2);

  private static final int TRIES = 3;
  private static final String NOT_MET = "the fault was never met";

  private final Subjects subjects;
  private final Starter starter;
  private final Scenarios scenarios;
  private final Plans plans;
  private final World world;

  CaseRunner(Subjects subjects, Starter starter, Scenarios scenarios, Plans plans, World world) {
    this.scenarios = scenarios;
    this.subjects = subjects;
    this.starter = starter;
    this.plans = plans;
    this.world = world;
  }

  /**
   * Again where the fault was not met, which happens when the operation fell victim to another
   * case's crash before it came to its own point.
   */
  Outcome run(Case tried) {
    Outcome outcome = once(tried);
    for (int i = 1; i < TRIES && outcome.wrong().equals(NOT_MET); i++) {
      outcome = once(tried);
    }
    return outcome;
  }

  private Outcome once(Case tried) {
    long start = System.nanoTime();
    Subject subject = subjects.next();
    Scenario scenario = scenarios.of(tried.operation(), subject);
    List<String> wrong = new ArrayList<>();
    String ended = "?";
    try {
      prepare(tried.operation(), subject);
      scenario.prepare();
      Plan plan = plans.make(subject.id(), tried.operation(), tried.injections());
      WorkflowStub operation = scenario.start();
      if (tried.operation().outlasts()) {
        awaitMet(plan, operation);
      }
      Ending ending = Ending.await(operation, true);
      ended = ending.toString();
      if (!plan.allMet()) {
        wrong.add(NOT_MET);
      }
      if (ending instanceof Ending.Parked parked) {
        checkParked(tried, parked, subject).ifPresent(wrong::add);
        plan.lift();
        Ending resolved = resolve(operation, parked);
        ended += ", then " + resolved;
        ending = resolved;
      }
      plan.lift();
      scenario.check(operation, ending).ifPresent(wrong::add);
      check(
              ending instanceof Ending.Done
                  ? tried.operation().after(tried.operation().before())
                  : tried.operation().before(),
              subject)
          .ifPresent(wrong::add);
    } catch (RuntimeException e) {
      wrong.add(String.valueOf(e.getMessage()));
    }
    plans.forget(subject.id());
    try {
      scenario.tidyUp();
      tidyUp(subject);
      scenario.left().ifPresent(wrong::add);
    } catch (RuntimeException e) {
      wrong.add("could not be taken away: " + e.getMessage());
    }
    return new Outcome(
        tried,
        ended,
        wrong.isEmpty() || wrong.equals(List.of(NOT_MET))
            ? String.join("", wrong)
            : "[" + subject.id() + "] " + String.join("; ", wrong),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Ends what lasts when it has lasted, for this operation waits until it does. */
  private static void awaitMet(Plan plan, WorkflowStub operation) {
    Waiting.until(
        "the fault",
        Ending.PATIENCE,
        () -> plan.allMetOften() || !(Ending.now(operation) instanceof Ending.Running),
        Boolean::booleanValue);
    plan.lift();
  }

  /** Makes what there has to be before the operation, without any fault. */
  void prepare(Operation operation, Subject subject) {
    if (operation.before().isNothing()) {
      return;
    }
    Ending made = Ending.await(starter.provision(subject, "A", "1"), false);
    for (int i = 1; i < TRIES && !(made instanceof Ending.Done); i++) {
      made = Ending.await(starter.provision(subject, "A", "1"), false);
    }
    await("a connection to begin with", Facts.whole("A", "1"), subject);
    damage(operation, subject, operation.before());
  }

  /** Does what somebody has to have done before a repair. */
  void damage(Operation operation, Subject subject, Facts begins) {
    if (operation == Operation.REPAIR) {
      world.damage(subject);
      await("a damaged connection", begins, subject);
    }
  }

  private void await(String what, Facts expected, Subject subject) {
    Waiting.until(what, FOLLOW, () -> world.look(subject), expected::equals);
  }

  /** Ends a parked operation by having its step tried again. */
  static Ending resolve(WorkflowStub operation, Ending.Parked parked) {
    return retried(operation, parked, false);
  }

  /**
   * @param parkedCounts whether it may park once more
   */
  static Ending retried(WorkflowStub operation, Ending.Parked parked, boolean parkedCounts) {
    if (parked.step().isPresent()) {
      operation.update(
          Decisions.DECIDE,
          Void.class,
          new Decision(Choice.RETRY, parked.step().get().step(), null, "harness", null));
    }
    return Ending.await(operation, parkedCounts);
  }

  /** What a parked operation lists has to be what there is. */
  private Optional<String> checkParked(Case tried, Ending.Parked parked, Subject subject) {
    if (parked.step().isEmpty()) {
      return Optional.of("parked without saying at which step");
    }
    Facts facts = world.look(subject);
    List<String> left = parked.step().get().left();
    return LeftList.inaccurate(tried, left, facts)
        .map(what -> "parked with the list " + left + " " + what + ", but there is " + facts);
  }

  /** The parts at once, what follows them by and by. */
  Optional<String> check(Facts expected, Subject subject) {
    Facts found = world.look(subject);
    if (!found.sameParts(expected)) {
      return Optional.of("expected " + expected + ", but there is " + found);
    }
    try {
      Waiting.until("the rest", FOLLOW, () -> world.look(subject), expected::equals);
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of("expected " + expected + ", but there is still " + world.look(subject));
    }
  }

  /** Takes away what there is, which has to leave nothing. */
  void tidyUp(Subject subject) {
    if (world.look(subject).isNothing()) {
      return;
    }
    Ending.await(starter.deprovision(subject), false);
    check(Facts.NOTHING, subject)
        .ifPresent(
            wrong -> {
              throw new EngineException(wrong);
            });
  }
}
