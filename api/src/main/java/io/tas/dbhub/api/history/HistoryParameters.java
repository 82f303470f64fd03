package io.tas.dbhub.api.history;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.audit.QueryOutcome;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.journal.QueryFilter;
import io.tas.dbhub.storage.journal.SavedQueryFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of the lists of past and saved queries; names all that are wrong. */
final class HistoryParameters {
  private static final int MAX_ACTOR = 255;
  private static final int MAX_TEXT = 200;
  private static final String FAILED = "failed";

  private HistoryParameters() {}

  /**
   * @throws ProblemException Invalid, or Forbidden when somebody who is no operator asks for
   *     another one's
   */
  static QueryFilter past(Caller caller, MultivaluedMap<String, String> sent) {
    Parameters parameters =
        new Parameters(
            sent,
            Set.of("database_id", "q", "status", "from", "to", "actor", "page_size", "cursor"),
            "the history");
    String actor =
        parameters.text(
            "actor", value -> value.length() <= MAX_ACTOR, "has 1 to " + MAX_ACTOR + " characters");
    String database = database(parameters);
    String text = text(parameters);
    Set<QueryOutcome> outcomes = outcomes(parameters);
    Instant from = parameters.time("from");
    Instant to = parameters.time("to");
    int pageSize = parameters.pageSize(QueryFilter.MAX_PAGE_SIZE);
    parameters.check();
    if (actor != null && !actor.equals(caller.subject()) && !caller.isOperator()) {
      throw new ProblemException(
          FailureType.FORBIDDEN, "Only operators see what others have asked.");
    }
    return new QueryFilter(
        caller.scope(),
        caller.isOperator() ? actor : caller.subject(),
        database,
        text,
        outcomes,
        from,
        to,
        pageSize,
        parameters.given("cursor"));
  }

  static SavedQueryFilter saved(Caller caller, MultivaluedMap<String, String> sent) {
    Parameters parameters =
        new Parameters(
            sent, Set.of("q", "shared", "database_id", "page_size", "cursor"), "the saved queries");
    String text = text(parameters);
    Boolean shared = parameters.bool("shared");
    String database = database(parameters);
    int pageSize = parameters.pageSize(QueryFilter.MAX_PAGE_SIZE);
    parameters.check();
    return new SavedQueryFilter(
        caller.scope(),
        caller.subject(),
        text,
        shared,
        database,
        pageSize,
        parameters.given("cursor"));
  }

  private static @Nullable String database(Parameters parameters) {
    return parameters.text("database_id", Uuids::valid, "is a database's id");
  }

  private static @Nullable String text(Parameters parameters) {
    return parameters.text(
        "q", value -> value.length() <= MAX_TEXT, "has 1 to " + MAX_TEXT + " characters");
  }

  private static Set<QueryOutcome> outcomes(Parameters parameters) {
    String sent = parameters.given("status");
    if (sent == null) {
      return Set.of();
    }
    if (sent.equals(FAILED)) {
      return EnumSet.complementOf(EnumSet.of(QueryOutcome.SUCCEEDED));
    }
    Set<QueryOutcome> found =
        Arrays.stream(QueryOutcome.values())
            .filter(known -> known.wireName().equals(sent))
            .collect(Collectors.toSet());
    if (found.isEmpty()) {
      parameters.violate(
          "status",
          "is "
              + FAILED
              + " for all that did not succeed, or one of "
              + Arrays.stream(QueryOutcome.values())
                  .map(QueryOutcome::wireName)
                  .collect(Collectors.joining(", ")));
    }
    return found;
  }
}
