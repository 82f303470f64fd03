package io.tas.dbhub.worker.informer;

import io.tas.dbhub.core.health.FirstChecks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order in which notices are told: as they came, but new connections are gathered for a moment,
 * to be told together where they are many; and one instance is told of its changes only so often,
 * for it waits for the end of a burst anyway. Times are those of {@link System#nanoTime}. Not
 * thread-safe.
 */
final class Pending {
  /** A burst of new connections comes over some time, a lone one must not wait for long. */
  static final Duration GATHERING = Duration.ofMillis(200);

  /** While a burst goes on: each workflow of first checks costs Temporal as much as some checks. */
  static final Duration BETWEEN_MANY = Duration.ofSeconds(1);

  /** Shorter than an instance waits for a burst to be over. */
  static final Duration BETWEEN_CHANGES = Duration.ofMillis(500);

  /** Fewer new connections are told one by one. */
  static final int MANY = 5;

  private final Map<String, Notice> waiting = new LinkedHashMap<>();
  private final Map<String, Notice.ConnectionNew> fresh = new LinkedHashMap<>();
  private final Set<String> beingTold = new HashSet<>();
  private final Map<String, Long> instancesToldAt = new HashMap<>();
  private long gatheringSince;
  private @Nullable Long manyToldAt;

  void put(Notice notice, long now) {
    String id = notice.workflowId();
    Notice earlier = fresh.containsKey(id) ? fresh.get(id) : waiting.get(id);
    Notice both = earlier == null ? notice : notice.after(earlier);
    if (both instanceof Notice.ConnectionNew connection && !waiting.containsKey(id)) {
      if (fresh.isEmpty()) {
        gatheringSince = now;
      }
      fresh.put(id, connection);
    } else {
      fresh.remove(id);
      waiting.put(id, both);
    }
  }

  /** One notice, or several new connections; nothing when nothing is to be told now. */
  List<Notice> next(long now) {
    if (gathered(now)) {
      if (fresh.size() >= MANY) {
        return told(many(now));
      }
      waiting.putAll(fresh);
      fresh.clear();
    }
    Iterator<Notice> all = waiting.values().iterator();
    while (all.hasNext()) {
      Notice one = all.next();
      if (!beingTold.contains(one.workflowId()) && pause(one, now) <= 0) {
        all.remove();
        return told(List.of(one));
      }
    }
    return List.of();
  }

  private List<Notice> many(long now) {
    List<Notice> many = new ArrayList<>();
    Iterator<Notice.ConnectionNew> all = fresh.values().iterator();
    while (all.hasNext() && many.size() < FirstChecks.MOST) {
      many.add(all.next());
      all.remove();
    }
    gatheringSince = now;
    manyToldAt = now;
    return many;
  }

  private List<Notice> told(List<Notice> notices) {
    notices.forEach(notice -> beingTold.add(notice.workflowId()));
    return notices;
  }

  /** Until there may be something to tell; the largest number when only news can change that. */
  long nanosToNext(long now) {
    long least = fresh.isEmpty() ? Long.MAX_VALUE : gathering(now);
    for (Notice one : waiting.values()) {
      if (!beingTold.contains(one.workflowId())) {
        least = Math.min(least, pause(one, now));
      }
    }
    return least;
  }

  /** What was not told goes to the end of the line, with what came meanwhile. */
  void tried(List<Notice> notices, boolean done, long now) {
    for (Notice notice : notices) {
      String id = notice.workflowId();
      beingTold.remove(id);
      if (!done) {
        Notice newer = fresh.containsKey(id) ? fresh.remove(id) : waiting.remove(id);
        put(newer == null ? notice : newer.after(notice), now);
      } else if (notice instanceof Notice.InstanceChanged) {
        instancesToldAt.values().removeIf(at -> now - at >= BETWEEN_CHANGES.toNanos());
        instancesToldAt.put(id, now);
      }
    }
  }

  private boolean gathered(long now) {
    return fresh.size() >= FirstChecks.MOST || (!fresh.isEmpty() && gathering(now) <= 0);
  }

  /** How long the new connections are still gathered. */
  private long gathering(long now) {
    long gathering = gatheringSince + GATHERING.toNanos() - now;
    return manyToldAt == null
        ? gathering
        : Math.max(gathering, manyToldAt + BETWEEN_MANY.toNanos() - now);
  }

  private long pause(Notice notice, long now) {
    Long toldAt =
        notice instanceof Notice.InstanceChanged ? instancesToldAt.get(notice.workflowId()) : null;
    return toldAt == null ? 0 : Math.max(0, toldAt + BETWEEN_CHANGES.toNanos() - now);
  }
}
