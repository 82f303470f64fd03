package io.tas.dbhub.core.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tas.dbhub.core.query.QueryErrorKind;
import java.util.Locale;

/** What became of a query: it succeeded, or why it did not. */
public enum QueryOutcome {
  SUCCEEDED(AuditOutcome.SUCCEEDED),
  /** The target, or the way to it, could not be reached or broke off. */
  CONNECTION(AuditOutcome.FAILED),
  /** The target does not understand the statement. */
  SYNTAX(AuditOutcome.FAILED),
  /** The login, or who asks, may not do that. */
  PERMISSION(AuditOutcome.FAILED),
  /** The target began it and failed. */
  EXECUTION(AuditOutcome.FAILED),
  /** It took longer than it may. */
  TIMEOUT(AuditOutcome.FAILED),
  /** The connection is read-only and the query is not surely a read. */
  READONLY(AuditOutcome.REFUSED),
  /** Somebody cancelled it. */
  CANCELLED(AuditOutcome.CANCELLED),
  /** Too many queries: it was not begun. */
  LIMITED(AuditOutcome.REFUSED),
  UNKNOWN(AuditOutcome.FAILED);

  private final AuditOutcome inAudit;

  QueryOutcome(AuditOutcome inAudit) {
    this.inAudit = inAudit;
  }

  /** Of a query that failed in its database, or on the way there. */
  public static QueryOutcome of(QueryErrorKind kind) {
    return switch (kind) {
      case CONNECTION, UNUSABLE -> CONNECTION;
      case SYNTAX, PARAMETER -> SYNTAX;
      case PERMISSION -> PERMISSION;
      case EXECUTION -> EXECUTION;
      case TIMEOUT -> TIMEOUT;
      case READONLY -> READONLY;
      case CANCELLED -> CANCELLED;
      case BUSY -> LIMITED;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** What the audit calls it, which knows of more than queries. */
  public AuditOutcome inAudit() {
    return inAudit;
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
