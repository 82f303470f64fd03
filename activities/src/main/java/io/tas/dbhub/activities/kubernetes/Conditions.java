package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conditions as Kubernetes' API conventions want them. */
public final class Conditions {
  public static final String READY = "Ready";

  /** Of a Database made by hand that asks for a place in the inventory: whether it has one. */
  public static final String ADOPTED = "Adopted";

  /** Of a read-only connection with a login: whether that may not write either. */
  public static final String READ_ONLY_ROLE = "ReadOnlyRole";

  public static final String TRUE = "True";
  public static final String FALSE = "False";
  public static final String UNKNOWN = "Unknown";

  private static final int LONGEST_MESSAGE = 32_768;

  private Conditions() {}

  /**
   * The condition with its lastTransitionTime: that of the condition before, unless the status
   * changed.
   *
   * @param before the conditions so far
   * @param reason a word in CamelCase
   */
  public static Condition next(
      @Nullable List<Condition> before,
      String type,
      String status,
      String reason,
      String message,
      long generation,
      Instant now) {
    String since =
        find(before, type)
            .filter(condition -> status.equals(condition.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> timestamp(now));
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(
            message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message)
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }

  public static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
    return Optional.ofNullable(conditions).orElse(List.of()).stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }

  /** RFC 3339 in whole seconds, as Kubernetes stores times. */
  public static String timestamp(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
