package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.Scope;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;

/** What of a scope somebody does not see: the same for lists and for searches. */
public final class HiddenDatabases {
  private HiddenDatabases() {}

  /** Ids, in no order. Whom nothing is hidden from pays nothing. */
  public static List<String> find(TransactionContext tx, Scope scope, Onlooker onlooker) {
    String subject = onlooker.subject();
    if (subject == null) {
      return List.of();
    }
    return tx.run(
            ListStatement.hidden(),
            Map.of(
                "tenant_id",
                scope.tenantId(),
                "space_id",
                scope.spaceId(),
                "subject",
                subject,
                "held",
                GrantMapper.texts(onlooker.principals())))
        .single()
        .get("hidden")
        .asList(Value::asString);
  }
}
