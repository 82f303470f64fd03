package io.tas.dbhub.api.audit;

import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.AuditQuery;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of the journal's list; names all that are wrong. */
final class AuditParameters {
  private static final int MAX_ACTOR = 255;
  private static final Set<String> KNOWN =
      Set.of(
          "actor", "action", "object_id", "outcome", "space", "from", "to", "cursor", "page_size");

  private AuditParameters() {}

  static AuditQuery read(String tenantId, MultivaluedMap<String, String> sent) {
    Parameters parameters = new Parameters(sent, KNOWN, "the audit");
    String actor =
        parameters.text(
            "actor", value -> value.length() <= MAX_ACTOR, "has 1 to " + MAX_ACTOR + " characters");
    String action =
        parameters.text(
            "action", value -> value.matches("[A-Za-z]{1,64}"), "is one such as UpdateDatabase");
    String object = parameters.text("object_id", Uuids::valid, "is a database's id");
    String space = parameters.text("space", Scope::valid, "is a space's id");
    AuditOutcome outcome = outcome(parameters);
    Instant from = parameters.time("from");
    Instant to = parameters.time("to");
    int pageSize = parameters.pageSize(AuditQuery.MAX_PAGE_SIZE);
    parameters.check();
    return new AuditQuery(
        tenantId,
        space,
        actor,
        action,
        object,
        outcome,
        from,
        to,
        pageSize,
        parameters.given("cursor"));
  }

  private static @Nullable AuditOutcome outcome(Parameters parameters) {
    String sent = parameters.given("outcome");
    if (sent == null) {
      return null;
    }
    AuditOutcome outcome =
        Arrays.stream(AuditOutcome.values())
            .filter(known -> known.wireName().equals(sent))
            .findFirst()
            .orElse(null);
    if (outcome == null) {
      parameters.violate("outcome", "is succeeded, failed, cancelled, abandoned or refused");
    }
    return outcome;
  }
}
