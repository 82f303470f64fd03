package io.tas.dbhub.systemtest.faults;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to go wrong in the operation that runs on one database, and what was seen of it. */
final class Plan {
  /** What an activity was seen to do on the wire. */
  static final class Seen {
    final Set<Engine> engines = EnumSet.noneOf(Engine.class);
    boolean wrote;
  }

  /** Longer than a try or two. */
  private static final int OFTEN = 3;

  private final String databaseId;
  private final String workflowId;
  private final String shortName;
  private final String sourceName;
  private final List<Injection> injections;
  private final Map<Injection, Integer> hits = new HashMap<>();
  private final Map<String, Set<String>> occurrences = new HashMap<>();
  private final Map<String, Seen> seen = new HashMap<>();
  private @Nullable String running;
  private @Nullable Injection armed;
  private boolean lifted;

  /**
   * @param workflowId how the id of the operation's workflow begins
   */
  Plan(String databaseId, String workflowId, List<Injection> injections) {
    this.workflowId = workflowId;
    this.databaseId = databaseId;
    this.shortName = "db-" + databaseId.substring(0, 8);
    this.sourceName = "db_" + databaseId.substring(0, 8);
    this.injections = List.copyOf(injections);
  }

  /** Whether a workflow is the operation's. */
  boolean isOf(String runningId) {
    return runningId.startsWith(workflowId);
  }

  /** What the activity has to suffer at this moment. */
  synchronized Optional<Fault> reached(Fault.When when, String activity, String activityId) {
    Set<String> ids = occurrences.computeIfAbsent(activity, name -> new LinkedHashSet<>());
    ids.add(activityId);
    int nth = new ArrayList<>(ids).indexOf(activityId) + 1;
    armed = null;
    running = when == Fault.When.BEFORE ? activity + "#" + nth : null;
    if (lifted) {
      return Optional.empty();
    }
    for (Injection injection : injections) {
      if (!injection.concerns(activity, nth) || spent(injection)) {
        continue;
      }
      Fault fault = injection.fault();
      if (fault.engine().isPresent()) {
        Fault.When arms = fault.when() == Fault.When.AFTER ? Fault.When.AFTER : Fault.When.BEFORE;
        if (arms == when) {
          armed = injection;
        }
      } else if (fault.when() == when) {
        hits.merge(injection, 1, Integer::sum);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** Whether a request on the wire is about this database. */
  boolean concerns(String request) {
    return request.contains(databaseId)
        || request.contains(shortName)
        || request.contains(sourceName);
  }

  /** What a request that concerns this database has to suffer. */
  synchronized Optional<Fault.Kind> met(Engine engine, boolean write) {
    if (running != null) {
      Seen activity = seen.computeIfAbsent(running, name -> new Seen());
      activity.engines.add(engine);
      activity.wrote |= write;
    }
    Injection injection = armed;
    if (injection == null
        || lifted
        || injection.fault().engine().filter(engine::equals).isEmpty()
        || (injection.onWrite() && engine == Engine.KUBERNETES && !write)
        || spent(injection)) {
      return Optional.empty();
    }
    hits.merge(injection, 1, Integer::sum);
    return Optional.of(injection.fault().kind());
  }

  private boolean spent(Injection injection) {
    return !injection.fault().lasting() && hits.containsKey(injection);
  }

  /** From now on nothing goes wrong any more. */
  synchronized void lift() {
    lifted = true;
    armed = null;
  }

  /** Whether everything that was planned has happened. */
  synchronized boolean allMet() {
    return hits.keySet().containsAll(injections);
  }

  /** The same, and what lasts has come again and again. */
  synchronized boolean allMetOften() {
    return injections.stream()
        .allMatch(
            injection ->
                hits.getOrDefault(injection, 0) >= (injection.fault().lasting() ? OFTEN : 1));
  }

  synchronized Seen seen(String activity, int occurrence) {
    return seen.getOrDefault(activity + "#" + occurrence, new Seen());
  }
}
