package io.tas.dbhub.api.audit;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.storage.journal.AuditQuery;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of the journal's list; names all that are wrong. */
final class AuditParameters {
  private static final int DEFAULT_PAGE_SIZE = 50;
  private static final int MAX_ACTOR = 255;
  private static final Set<String> KNOWN =
      Set.of(
          "actor", "action", "object_id", "outcome", "space", "from", "to", "cursor", "page_size");

  private final MultivaluedMap<String, String> parameters;
  private final List<Violation> violations = new ArrayList<>();

  private AuditParameters(MultivaluedMap<String, String> parameters) {
    this.parameters = parameters;
  }

  static AuditQuery read(String tenantId, MultivaluedMap<String, String> parameters) {
    return new AuditParameters(parameters).read(tenantId);
  }

  private AuditQuery read(String tenantId) {
    for (String name : parameters.keySet()) {
      if (!KNOWN.contains(name)) {
        violate(name.substring(0, Math.min(100, name.length())), "is not a parameter of the audit");
      }
    }
    String actor =
        text("actor", sent -> sent.length() <= MAX_ACTOR, "has 1 to " + MAX_ACTOR + " characters");
    String action =
        text("action", sent -> sent.matches("[A-Za-z]{1,64}"), "is one such as UpdateDatabase");
    String object = text("object_id", Uuids::valid, "is a database's id");
    String space = text("space", Scope::valid, "is a space's id");
    AuditOutcome outcome = outcome(given("outcome"));
    Instant from = time("from");
    Instant to = time("to");
    int pageSize = pageSize(given("page_size"));
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
    return new AuditQuery(
        tenantId, space, actor, action, object, outcome, from, to, pageSize, given("cursor"));
  }

  private @Nullable String text(String name, Predicate<String> rule, String otherwise) {
    String sent = given(name);
    if (sent != null && !rule.test(sent)) {
      violate(name, otherwise);
    }
    return sent;
  }

  private @Nullable AuditOutcome outcome(@Nullable String sent) {
    if (sent == null) {
      return null;
    }
    AuditOutcome outcome =
        Arrays.stream(AuditOutcome.values())
            .filter(known -> known.wireName().equals(sent))
            .findFirst()
            .orElse(null);
    if (outcome == null) {
      violate("outcome", "is succeeded, failed, cancelled, abandoned or refused");
    }
    return outcome;
  }

  private @Nullable Instant time(String name) {
    String sent = given(name);
    try {
      return sent == null ? null : OffsetDateTime.parse(sent).toInstant();
    } catch (DateTimeException e) {
      violate(name, "is a time such as 2026-01-31T08:00:00Z");
      return null;
    }
  }

  private int pageSize(@Nullable String sent) {
    if (sent == null) {
      return DEFAULT_PAGE_SIZE;
    }
    int size = sent.matches("[0-9]{1,4}") ? Integer.parseInt(sent) : 0;
    if (size < 1 || size > AuditQuery.MAX_PAGE_SIZE) {
      violate("page_size", "is a number from 1 to " + AuditQuery.MAX_PAGE_SIZE);
    }
    return size;
  }

  private @Nullable String given(String name) {
    String value = parameters.getFirst(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private void violate(String parameter, String message) {
    violations.add(new Violation(parameter, message));
  }
}
