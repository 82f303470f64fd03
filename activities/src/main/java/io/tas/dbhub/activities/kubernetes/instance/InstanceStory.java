package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.Condition;
import io.tas.dbhub.activities.kubernetes.Conditions;
import io.tas.dbhub.activities.kubernetes.ObjectEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is worth an event between two statuses of a DBHubInstance: rolled out, stuck, refused, and
 * databases that are left out. That a rollout is under way is not: it is told when it ends. Pure.
 */
final class InstanceStory {
  static final String ROLLED_OUT = "RolledOut";
  static final String STUCK = "RolloutStuck";
  static final String REFUSED = "Refused";

  private static final Set<String> BAD = Set.of(STUCK, REFUSED);

  private InstanceStory() {}

  static List<ObjectEvent> between(@Nullable List<Condition> before, List<Condition> after) {
    List<ObjectEvent> events = new ArrayList<>();
    news(before, after, Conditions.READY)
        .filter(now -> ROLLED_OUT.equals(now.getReason()) || BAD.contains(now.getReason()))
        .map(now -> new ObjectEvent(BAD.contains(now.getReason()), now.getReason(), text(now)))
        .ifPresent(events::add);
    boolean someWereOut =
        Conditions.find(before, InstanceStatusWriter.SERVED)
            .filter(then -> Conditions.FALSE.equals(then.getStatus()))
            .isPresent();
    news(before, after, InstanceStatusWriter.SERVED)
        .filter(now -> someWereOut || Conditions.FALSE.equals(now.getStatus()))
        .map(
            now ->
                new ObjectEvent(
                    Conditions.FALSE.equals(now.getStatus()), now.getReason(), text(now)))
        .ifPresent(events::add);
    return events;
  }

  /** The condition, if it says something else than before. */
  private static Optional<Condition> news(
      @Nullable List<Condition> before, List<Condition> after, String type) {
    return Conditions.find(after, type)
        .filter(
            now ->
                Conditions.find(before, type)
                    .filter(
                        then ->
                            now.getStatus().equals(then.getStatus())
                                && String.valueOf(now.getReason()).equals(then.getReason())
                                && (!Conditions.FALSE.equals(now.getStatus())
                                    || text(now).equals(then.getMessage())))
                    .isEmpty());
  }

  private static String text(Condition condition) {
    return String.valueOf(condition.getMessage());
  }
}
