package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import io.tas.dbhub.core.names.Reasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is worth an event between two statuses of a Database: another status or reason of a
 * condition. The same finding again, in whatever words, is none. Pure.
 */
final class DatabaseStory {
  private DatabaseStory() {}

  /**
   * @param dsn where the connection leads, without credentials
   */
  static List<ObjectEvent> between(
      @Nullable List<Condition> before, List<Condition> after, String dsn) {
    List<ObjectEvent> events = new ArrayList<>();
    adoption(
            Conditions.find(before, Conditions.ADOPTED), Conditions.find(after, Conditions.ADOPTED))
        .ifPresent(events::add);
    login(
            Conditions.find(before, Conditions.READ_ONLY_ROLE),
            Conditions.find(after, Conditions.READ_ONLY_ROLE))
        .ifPresent(events::add);
    Optional<Condition> old = Conditions.find(before, Conditions.READY);
    Conditions.find(after, Conditions.READY)
        .filter(now -> old.isEmpty() || !same(old.get(), now))
        .ifPresent(now -> events.addAll(readiness(old, now, dsn)));
    return events;
  }

  private static List<ObjectEvent> readiness(Optional<Condition> old, Condition now, String dsn) {
    List<ObjectEvent> events = new ArrayList<>();
    boolean hadNone = old.filter(then -> Reasons.CREDENTIALS.contains(reason(then))).isPresent();
    // Of what is paused nobody looked for them.
    boolean hasSome =
        !Reasons.CREDENTIALS.contains(reason(now)) && !Reasons.PAUSED.equals(reason(now));
    if (hadNone && hasSome) {
      events.add(
          ObjectEvent.normal(Reasons.CREDENTIALS_FOUND, "The credentials are there and readable."));
    }
    boolean knownBefore =
        old.filter(then -> !Conditions.UNKNOWN.equals(then.getStatus())).isPresent();
    if (Reasons.CONNECTED.equals(reason(now))) {
      events.add(
          knownBefore
              ? ObjectEvent.normal(Reasons.RECOVERED, "Connected again to " + dsn + ".")
              : ObjectEvent.normal(Reasons.CONNECTED, "Connected to " + dsn + "."));
    } else if (Reasons.PAUSED.equals(reason(now)) || Reasons.RECOVERING.equals(reason(now))) {
      events.add(ObjectEvent.normal(reason(now), now.getMessage()));
    } else if (!Conditions.UNKNOWN.equals(now.getStatus())) {
      events.add(ObjectEvent.warning(reason(now), now.getMessage()));
    }
    return events;
  }

  private static Optional<ObjectEvent> adoption(Optional<Condition> old, Optional<Condition> now) {
    boolean was = old.filter(then -> Conditions.TRUE.equals(then.getStatus())).isPresent();
    if (now.isEmpty()) {
      return was
          ? Optional.of(
              ObjectEvent.normal(Reasons.RELEASED, "The inventory does not list it any more."))
          : Optional.empty();
    }
    Condition adopted = now.get();
    // Another tenant, space or name is told as well.
    boolean told =
        old.isPresent()
            && same(old.get(), adopted)
            && String.valueOf(old.get().getMessage()).equals(adopted.getMessage());
    return told
        ? Optional.empty()
        : Optional.of(
            new ObjectEvent(
                !Conditions.TRUE.equals(adopted.getStatus()),
                reason(adopted),
                adopted.getMessage()));
  }

  /** A login that may only read is worth telling where it was another before. */
  private static Optional<ObjectEvent> login(Optional<Condition> old, Optional<Condition> now) {
    boolean could = old.filter(then -> Conditions.FALSE.equals(then.getStatus())).isPresent();
    return now.filter(
            found ->
                could
                    ? Conditions.TRUE.equals(found.getStatus())
                    : Conditions.FALSE.equals(found.getStatus()))
        .map(found -> new ObjectEvent(!could, reason(found), found.getMessage()));
  }

  private static boolean same(Condition old, Condition now) {
    return now.getStatus().equals(old.getStatus()) && reason(now).equals(reason(old));
  }

  private static String reason(Condition condition) {
    return String.valueOf(condition.getReason());
  }
}
