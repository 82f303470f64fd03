package io.tas.dbhub.core.names;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Sha256;
import io.temporal.common.SearchAttributeKey;
import java.util.List;
import java.util.regex.Pattern;

/** Search attributes, registered by deploy/temporal/setup.sh and by bin/up. */
public final class SearchAttributes {
  public static final SearchAttributeKey<String> TENANT =
      SearchAttributeKey.forKeyword("DbhubTenant");
  public static final SearchAttributeKey<String> SPACE =
      SearchAttributeKey.forKeyword("DbhubSpace");

  /** The database's id. */
  public static final SearchAttributeKey<String> DATABASE =
      SearchAttributeKey.forKeyword("DbhubDatabase");

  /** What the operation does: the workflow's type. Only changing operations carry it. */
  public static final SearchAttributeKey<String> OPERATION =
      SearchAttributeKey.forKeyword("DbhubOperation");

  /** The status of a monitored database. */
  public static final SearchAttributeKey<String> PHASE =
      SearchAttributeKey.forKeyword("DbhubPhase");

  /** True while a workflow waits for a person. */
  public static final SearchAttributeKey<Boolean> ATTENTION =
      SearchAttributeKey.forBoolean("DbhubAttention");

  /** Who asked for an operation, as {@link #requester} writes it. */
  public static final SearchAttributeKey<String> REQUESTED_BY =
      SearchAttributeKey.forKeyword("DbhubRequestedBy");

  /** All that a server has to know. */
  public static final List<SearchAttributeKey<?>> ALL =
      List.of(TENANT, SPACE, DATABASE, OPERATION, PHASE, ATTENTION, REQUESTED_BY);

  private static final Pattern QUOTABLE = Pattern.compile("[A-Za-z0-9@._:|/+=-]{1,255}");

  private SearchAttributes() {}

  /** Those of a workflow about one database. */
  public static io.temporal.common.SearchAttributes about(DatabaseRef database) {
    return builder(database).build();
  }

  /**
   * Those of a workflow that changes one database.
   *
   * @param operation the workflow's type
   * @param requestedBy the subject who asked for it
   */
  public static io.temporal.common.SearchAttributes operation(
      DatabaseRef database, String operation, String requestedBy) {
    return builder(database)
        .set(OPERATION, operation)
        .set(ATTENTION, false)
        .set(REQUESTED_BY, requester(requestedBy))
        .build();
  }

  /**
   * A subject as it is searched for: itself where it can stand between the quotes of a query, else
   * its SHA-256.
   */
  public static String requester(String subject) {
    return QUOTABLE.matcher(subject).matches() ? subject : "sha256:" + Sha256.hex(subject);
  }

  private static io.temporal.common.SearchAttributes.Builder builder(DatabaseRef database) {
    return io.temporal.common.SearchAttributes.newBuilder()
        .set(TENANT, database.scope().tenantId())
        .set(SPACE, database.scope().spaceId())
        .set(DATABASE, database.id());
  }
}
