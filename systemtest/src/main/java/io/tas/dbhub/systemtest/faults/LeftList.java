package io.tas.dbhub.systemtest.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Compares what a parked operation says it leaves behind with what there is. */
final class LeftList {
  private static final String PERHAPS = "perhaps ";

  /** How an object or a change is told, and whether it is there. */
  private static final Map<String, Predicate<Facts>> OBJECTS =
      Map.of(
          "the Secret labelled", facts -> !facts.secrets().isEmpty(),
          "the Database resource labelled", facts -> !facts.resources().isEmpty(),
          "the inventory node", facts -> !facts.nodes().isEmpty());

  private static final Map<String, Predicate<Facts>> CHANGES =
      Map.of(
          "the new credentials in Secret", facts -> facts.secrets().contains("B"),
          "the new definition in the Database resource", facts -> facts.resources().contains("2"),
          "the new definition in the inventory node", facts -> facts.nodes().contains("2"));

  private LeftList() {}

  /** What a repair leaves is what is still missing. */
  private static final Map<String, Predicate<Facts>> GAPS =
      Map.of(
          "a connection without its Secret", facts -> facts.secrets().isEmpty(),
          "a connection without its Database resource", facts -> facts.resources().isEmpty(),
          "a connection without its inventory node", facts -> facts.nodes().isEmpty());

  /** What is listed and is not there, or is there and not listed; empty when all is right. */
  static Optional<String> inaccurate(Case tried, List<String> left, Facts facts) {
    Map<String, Predicate<Facts>> possible =
        switch (tried.operation()) {
          case PROVISION, DEPROVISION -> OBJECTS;
          case UPDATE, ROTATE -> CHANGES;
          case REPAIR -> GAPS;
          case FIRST_SYNC, SYNC, BATCH, SCHEDULED_READ, SCHEDULED_WRITE -> Map.of();
        };
    for (Map.Entry<String, Predicate<Facts>> what : possible.entrySet()) {
      boolean there = what.getValue().test(facts);
      Optional<String> told =
          left.stream()
              .filter(line -> line.replace(PERHAPS, "").startsWith(what.getKey()))
              .findFirst();
      if (there && told.isEmpty()) {
        return Optional.of("without " + what.getKey());
      }
      // A step that fails after it took effect cannot know that it did.
      boolean unknowable = told.isPresent() && told.get().equals(left.get(0)) && tried.tookEffect();
      if (!there && told.filter(line -> !line.startsWith(PERHAPS)).isPresent() && !unknowable) {
        return Optional.of("with " + what.getKey());
      }
    }
    return Optional.empty();
  }
}
