package io.tas.dbhub.api.query;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.inventory.QueryTarget;
import java.util.Optional;

/** What a query needs to know of the inventory. */
@FunctionalInterface
public interface QueryTargets {
  /** Empty for another scope's database, as for one that does not exist. */
  Optional<QueryTarget> find(Scope scope, String id);
}
