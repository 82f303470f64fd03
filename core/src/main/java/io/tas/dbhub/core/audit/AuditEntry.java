package io.tas.dbhub.core.audit;

import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: who did what on which object, with what outcome, when, from where. Holds
 * no credential.
 *
 * @param id a UUID; the same entry delivered twice is one
 * @param at when it was settled
 * @param actor the subject who asked for it
 * @param action such as {@code ProvisionDatabase} or {@code Decide}
 * @param objectId the database's id, or an agent's token's
 * @param objectName its name at the time; empty when unknown
 * @param operation the operation's id ({@code <workflowId>~<runId>}); null where there was none
 * @param detail such as a failure type, or a decision with its reason; empty when there is none
 * @param source the address the request came from, and the agent's token it came with, where it was
 *     one; empty when unknown
 */
public record AuditEntry(
    String id,
    Instant at,
    Scope scope,
    String actor,
    String action,
    String objectId,
    String objectName,
    AuditOutcome outcome,
    @Nullable String operation,
    String detail,
    String source) {}
