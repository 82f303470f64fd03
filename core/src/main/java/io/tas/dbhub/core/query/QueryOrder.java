package io.tas.dbhub.core.query;

import io.tas.dbhub.core.model.ResourceRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is asked to run on a target. Who may ask it was judged before.
 *
 * @param queryId a UUID in its canonical text form, by which it can be cancelled
 * @param alias under which its asker may cancel it too; null for none
 * @param asker who may cancel it
 * @param database the Database resource
 * @param uid of the resource that is meant; null where its name is enough
 * @param readOnly whether it runs in a transaction that can write nothing, where the engine has
 *     such, and in any case in one that is rolled back
 * @param maxRows rows of each result that are answered at most; at least 1
 * @param maxBytes of all results, as they are written to JSON, at most
 * @param timeoutMillis for all statements together, connecting not counted
 * @param transferMillis for the rows of an answer that is taken as it comes: of such a one
 *     timeoutMillis ends with the first row, and this begins. 0 for any other
 * @param statements run in their order, on one connection; several are one transaction
 */
public record QueryOrder(
    String queryId,
    @Nullable String alias,
    Asker asker,
    ResourceRef database,
    @Nullable String uid,
    boolean readOnly,
    int maxRows,
    long maxBytes,
    long timeoutMillis,
    long transferMillis,
    List<StatementOrder> statements) {
  public QueryOrder {
    statements = List.copyOf(statements);
  }
}
