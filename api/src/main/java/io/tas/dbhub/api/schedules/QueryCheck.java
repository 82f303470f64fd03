package io.tas.dbhub.api.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.schedule.QueryParameter;
import io.tas.dbhub.core.schedule.ScheduleTarget;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.gate.order.QueryJudge;
import io.tas.dbhub.gate.order.RefusedQueryException;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.ListQuery;
import io.tas.dbhub.storage.inventory.QueryTarget;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells at once of a query that no run would run. Each run judges anew, so what changes until then
 * is no way around it.
 */
final class QueryCheck {
  private static final ObjectMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final DatabaseInventory inventory;
  private final QueryJudge judge;

  QueryCheck(DatabaseInventory inventory, QueryJudge judge) {
    this.inventory = inventory;
    this.judge = judge;
  }

  /**
   * What is wrong on the first of the databases that are named and refuse it; with a selector, only
   * where all of them do that it finds now, as far as one page of them goes.
   *
   * @param named the databases that are named
   */
  List<Violation> check(
      Caller caller, ScheduledQuery query, ScheduleTarget target, List<Database> named) {
    List<Database> asked = target.named() ? named : selected(caller, target);
    List<List<Violation>> refusals = new ArrayList<>();
    int judged = 0;
    for (Database database : asked) {
      Optional<AccessLevel> level = Permissions.level(caller, database);
      if (level.isPresent() && level.get().allows(AccessLevel.QUERY)) {
        judged++;
        List<Violation> refusal = refusal(query, database, level.get());
        if (!refusal.isEmpty()) {
          refusals.add(refusal);
        }
      }
    }
    boolean refused = target.named() ? !refusals.isEmpty() : refusals.size() == judged;
    return refused && !refusals.isEmpty() ? refusals.get(0) : List.of();
  }

  private List<Database> selected(Caller caller, ScheduleTarget target) {
    return inventory
        .list(
            caller.scope(),
            Permissions.onlooker(caller),
            ListQuery.selected(target.type(), target.labelKey(), target.labelValue()))
        .databases();
  }

  private List<Violation> refusal(ScheduledQuery query, Database database, AccessLevel level) {
    AccessPolicy served =
        inventory
            .queryTarget(database.definition().scope(), database.id())
            .flatMap(QueryTarget::endpoint)
            .map(ServingEndpoint::policy)
            // Nothing serves it yet: it has no say.
            .orElse(database.definition().policy());
    try {
      judge.judge(
          query.sql(),
          query.parameters().stream().map(QueryCheck::value).toList(),
          database.definition().target().type(),
          QueryJudge.policy(database, served, level).readOnly());
      return List.of();
    } catch (RefusedQueryException refused) {
      return violations(refused, database.definition().name());
    }
  }

  private static List<Violation> violations(RefusedQueryException refused, String database) {
    if (refused.type() == FailureType.INVALID) {
      return refused.violations().stream()
          .map(violation -> new Violation(field(violation.field()), violation.message()))
          .toList();
    }
    return List.of(
        new Violation(
            field("query"),
            "would not run on %s. %s %s"
                .formatted(database, refused.reason(), refused.suggestion().orElse(""))
                .strip()));
  }

  private static String field(String asked) {
    return "query." + (asked.equals("query") ? "sql" : asked);
  }

  private static JsonNode value(QueryParameter parameter) {
    try {
      return EXACT.readTree(parameter.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that was read is JSON", e);
    }
  }
}
