package io.tas.dbhub.api.schedules;

import com.google.protobuf.ByteString;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.schedule.RunRequest;
import io.tas.dbhub.core.schedule.ScheduleDefinition;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.ScheduleResults;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.schedule.v1.BackfillRequest;
import io.temporal.api.schedule.v1.SchedulePatch;
import io.temporal.api.schedule.v1.ScheduleState;
import io.temporal.api.schedule.v1.TriggerImmediatelyRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes and changes schedules. */
final class ScheduleControl {
  /** So many runs may be made up for at once: they take place one after the other. */
  static final int MOST_BACKFILLED = 100;

  /** Of the names of schedules: itself a random UUID, chosen once. */
  private static final UUID NAMES = UUID.fromString("0a1b6a0e-9d0f-4f57-9b1d-6f3a4c1be2d7");

  private final ScheduleStore store;
  private final DatabaseInventory inventory;
  private final QueryCheck queries;
  private final ScheduleWebhooks webhooks;
  private final ScheduleResults results;
  private final int perSpace;

  /**
   * @param perSpace how many one space may have
   */
  ScheduleControl(
      ScheduleStore store,
      DatabaseInventory inventory,
      QueryCheck queries,
      ScheduleWebhooks webhooks,
      ScheduleResults results,
      int perSpace) {
    this.store = store;
    this.inventory = inventory;
    this.queries = queries;
    this.webhooks = webhooks;
    this.results = results;
    this.perSpace = perSpace;
  }

  /** One name is one id, so that Temporal itself refuses the second schedule of a name. */
  static String id(Scope scope, String name) {
    return Uuids.named(NAMES, scope.tenantId() + "\n" + scope.spaceId() + "\n" + name);
  }

  /**
   * @param made names the request: repeated, it meets what it made before
   * @throws ProblemException Invalid, NameTaken, NotPossibleNow where there are as many as may be
   */
  StoredSchedule create(Caller caller, ScheduleFields fields, String made) {
    check(caller, fields.definition());
    String id = id(caller.scope(), fields.definition().name());
    Optional<StoredSchedule> before = store.find(caller.scope(), id);
    if (before.isPresent()) {
      return met(before.get(), made);
    }
    if (store.list(caller.scope(), perSpace, ByteString.EMPTY).getSchedulesCount() >= perSpace) {
      throw new ProblemException(
              FailureType.NOT_POSSIBLE_NOW,
              "The space has as many schedules as it may have: " + perSpace + ".")
          .withSuggestion("Delete one that is not needed: DELETE /api/v1/schedules/{id}.");
    }
    if (fields.definition().query() != null) {
      // A run that ended after its schedule was deleted may have left some.
      results.forget(caller.scope(), id);
    }
    ScheduleDefinition definition =
        webhooks.withSecret(fields.definition(), caller.scope().tenantId(), id, null);
    RunRequest request = request(caller, id, definition, made);
    String note = fields.note();
    store.create(
        request, Boolean.TRUE.equals(fields.paused()), note == null ? "" : note, caller.subject());
    return met(store.find(caller.scope(), id).orElseThrow(ScheduleReader::unknown), made);
  }

  private static StoredSchedule met(StoredSchedule schedule, String made) {
    if (!schedule.made().equals(made)) {
      throw new ProblemException(
          FailureType.NAME_TAKEN, "Another schedule of the space has the name.");
    }
    return schedule;
  }

  /**
   * From then on it acts for who changed it.
   *
   * @throws ProblemException Invalid, RevisionChanged when somebody else changed it meanwhile
   */
  StoredSchedule update(Caller caller, StoredSchedule read, ScheduleFields fields) {
    ScheduleDefinition before = read.request().definition();
    List<Violation> fixed = new ArrayList<>();
    if (!fields.definition().name().equals(before.name())) {
      fixed.add(new Violation("name", "stays: make another schedule"));
    }
    if (fields.definition().kind() != before.kind()) {
      fixed.add(new Violation("kind", "stays: make another schedule"));
    }
    if (!fixed.isEmpty()) {
      throw ProblemException.invalid(fixed);
    }
    check(caller, fields.definition());
    String change = UUID.randomUUID().toString();
    store.update(
        read,
        request(
            caller,
            read.id(),
            webhooks.withSecret(
                fields.definition(), caller.scope().tenantId(), read.id(), before.query()),
            change),
        state(read.schedule().getState(), fields.paused(), fields.note()));
    StoredSchedule now = store.find(caller.scope(), read.id()).orElseThrow(ScheduleReader::unknown);
    if (!now.request().change().equals(change)) {
      throw changed();
    }
    return now;
  }

  static ProblemException changed() {
    return new ProblemException(
        FailureType.REVISION_CHANGED, "The schedule was changed since it was read.");
  }

  /** Its results first: without it nobody would find what is left of them. */
  void delete(StoredSchedule schedule) {
    if (schedule.request().definition().query() != null) {
      results.forget(schedule.request().scope(), schedule.id());
    }
    store.delete(schedule);
  }

  /** Temporal takes an empty note for none, and then does nothing. */
  void pause(Caller caller, StoredSchedule schedule, @Nullable String note) {
    String said = note == null || note.isBlank() ? "Paused by " + caller.subject() : note;
    store.patch(schedule, SchedulePatch.newBuilder().setPause(said).build());
  }

  void resume(Caller caller, StoredSchedule schedule, @Nullable String note) {
    String said = note == null || note.isBlank() ? "Resumed by " + caller.subject() : note;
    store.patch(schedule, SchedulePatch.newBuilder().setUnpause(said).build());
  }

  /** Also of one that is paused; while a run is going, its overlap policy decides. */
  void trigger(StoredSchedule schedule) {
    store.patch(
        schedule,
        SchedulePatch.newBuilder()
            .setTriggerImmediately(TriggerImmediatelyRequest.getDefaultInstance())
            .build());
  }

  /**
   * Makes up for the runs of a time, one after the other, whatever took place then.
   *
   * @return how many they are
   * @throws ProblemException Invalid when they are more than {@value #MOST_BACKFILLED}
   */
  int backfill(StoredSchedule schedule, BackfillFields time) {
    BackfillRequest range =
        ScheduleStore.range(time.from(), time.to())
            .setOverlapPolicy(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL)
            .build();
    int runs = store.due(schedule, range);
    if (runs > MOST_BACKFILLED) {
      throw ProblemException.invalid(
          List.of(
              new Violation(
                  "from", "is so that at most " + MOST_BACKFILLED + " runs are made up for")));
    }
    if (runs > 0) {
      store.patch(schedule, SchedulePatch.newBuilder().addBackfillRequest(range).build());
    }
    return runs;
  }

  private static ScheduleState state(
      ScheduleState before, @Nullable Boolean paused, @Nullable String note) {
    ScheduleState.Builder state = before.toBuilder();
    if (paused != null) {
      state.setPaused(paused);
    }
    if (note != null) {
      state.setNotes(note);
    }
    return state.build();
  }

  private static RunRequest request(
      Caller caller, String id, ScheduleDefinition definition, String change) {
    Role role =
        caller
            .role()
            .orElseThrow(
                () -> new ProblemException(FailureType.FORBIDDEN, "The token names no role."));
    return new RunRequest(
        id, caller.scope(), definition, Permissions.standing(caller, role), change, null);
  }

  /** What a run would pass over is refused where it is named. */
  private void check(Caller caller, ScheduleDefinition definition) {
    List<String> ids = definition.target().databaseIds();
    Map<String, Database> found =
        (ids.isEmpty() ? List.<Database>of() : inventory.find(caller.scope(), ids))
            .stream().collect(Collectors.toMap(Database::id, Function.identity()));
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      String field = "target.database_ids[" + i + "]";
      Optional<AccessLevel> level =
          Optional.ofNullable(found.get(ids.get(i)))
              .flatMap(database -> Permissions.level(caller, database));
      if (level.isEmpty()) {
        violations.add(new Violation(field, "is no database in your space"));
      } else if (!level.get().allows(AccessLevel.QUERY)) {
        violations.add(new Violation(field, "needs the level query, which you do not have"));
      }
    }
    ScheduledQuery query = definition.query();
    violations.addAll(webhooks.check(query));
    if (violations.isEmpty() && query != null) {
      violations.addAll(
          queries.check(caller, query, definition.target(), List.copyOf(found.values())));
    }
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
  }
}
