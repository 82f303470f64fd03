package io.tas.dbhub.core.names;

import io.tas.dbhub.core.model.DatabaseRef;
import io.temporal.common.SearchAttributeKey;
import java.util.List;

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

  /** All that a server has to know. */
  public static final List<SearchAttributeKey<?>> ALL =
      List.of(TENANT, SPACE, DATABASE, OPERATION, PHASE, ATTENTION);

  private SearchAttributes() {}

  /** Those of a workflow about one database. */
  public static io.temporal.common.SearchAttributes about(DatabaseRef database) {
    return builder(database).build();
  }

  /**
   * Those of a workflow that changes one database.
   *
   * @param operation the workflow's type
   */
  public static io.temporal.common.SearchAttributes operation(
      DatabaseRef database, String operation) {
    return builder(database).set(OPERATION, operation).set(ATTENTION, false).build();
  }

  private static io.temporal.common.SearchAttributes.Builder builder(DatabaseRef database) {
    return io.temporal.common.SearchAttributes.newBuilder()
        .set(TENANT, database.scope().tenantId())
        .set(SPACE, database.scope().spaceId())
        .set(DATABASE, database.id());
  }
}
