package io.tas.dbhub.systemtest.faults;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the points of an operation by running it: once as it should be, and then failing at the
 * last step at which it can fail, to see what is undone. Nothing about steps is written down here.
 */
final class Discovery {
  private final Harness harness;

  Discovery(Harness harness) {
    this.harness = harness;
  }

  /**
   * The points of an operation.
   *
   * @param undo those of undoing it
   * @param trigger what makes it fail so that most is undone
   */
  record Found(
      Operation operation, List<Point> forward, List<Point> undo, List<Injection> trigger) {}

  /** One activity of a history. */
  private record Scheduled(String activity, int occurrence, String taskQueue) {}

  Found explore(Operation operation) {
    Run plain = run(operation, List.of());
    List<Point> forward = points(operation, false, plain, 0);
    // The later it fails the more is undone.
    for (int i = forward.size() - 1; i >= 0; i--) {
      Point point = forward.get(i);
      List<Injection> failing =
          List.of(
              new Injection(
                  point.activity(),
                  point.occurrence(),
                  Fault.activity(Fault.When.AFTER, Fault.Kind.FAILURE, false),
                  false));
      Run failed = run(operation, failing);
      if (failed.ending() instanceof Ending.Undone) {
        return new Found(
            operation, forward, points(operation, true, failed, failed.after(point)), failing);
      }
    }
    return new Found(operation, forward, List.of(), List.of());
  }

  /** A run of an operation and what was seen of it. */
  private record Run(Ending ending, List<Scheduled> scheduled, Plan plan) {
    /** Where in the history the next activity is. */
    int after(Point point) {
      for (int i = 0; i < scheduled.size(); i++) {
        Scheduled one = scheduled.get(i);
        if (one.activity().equals(point.activity()) && one.occurrence() == point.occurrence()) {
          return i + 1;
        }
      }
      return scheduled.size();
    }
  }

  private Run run(Operation operation, List<Injection> injections) {
    Subject subject = harness.subjects().next();
    Scenario scenario = harness.scenarios().of(operation, subject);
    harness.runner().prepare(operation, subject);
    scenario.prepare();
    Plan plan = harness.plans().make(subject.id(), operation, injections);
    WorkflowStub stub = scenario.start();
    Ending ending = Ending.await(stub, true);
    if (ending instanceof Ending.Parked parked) {
      CaseRunner.resolve(stub, parked);
    }
    harness.plans().forget(subject.id());
    List<Scheduled> scheduled = scheduled(harness.client(), stub);
    scenario.tidyUp();
    harness.runner().tidyUp(subject);
    return new Run(ending, scheduled, plan);
  }

  private static List<Scheduled> scheduled(WorkflowClient client, WorkflowStub stub) {
    Map<String, Integer> counts = new HashMap<>();
    List<Scheduled> all = new ArrayList<>();
    for (HistoryEvent event :
        client
            .fetchHistory(stub.getExecution().getWorkflowId(), stub.getExecution().getRunId())
            .getEvents()) {
      if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) {
        ActivityTaskScheduledEventAttributes activity =
            event.getActivityTaskScheduledEventAttributes();
        String name = activity.getActivityType().getName();
        all.add(
            new Scheduled(
                name, counts.merge(name, 1, Integer::sum), activity.getTaskQueue().getName()));
      }
    }
    return all;
  }

  /** From an activity on. One that is asked again and again until it says yes is one point. */
  private static List<Point> points(Operation operation, boolean undoing, Run run, int from) {
    List<Point> points = new ArrayList<>();
    String last = "";
    for (Scheduled scheduled : run.scheduled().subList(from, run.scheduled().size())) {
      if (!scheduled.activity().equals(last)) {
        Plan.Seen seen = run.plan().seen(scheduled.activity(), scheduled.occurrence());
        Set<Engine> engines = EnumSet.copyOf(Engine.reachedFrom(scheduled.taskQueue()));
        engines.retainAll(seen.engines);
        points.add(
            new Point(
                operation,
                undoing,
                scheduled.activity(),
                scheduled.occurrence(),
                engines,
                engines.equals(Set.of(Engine.KUBERNETES)) && seen.wrote));
      }
      last = scheduled.activity();
    }
    return points;
  }
}
