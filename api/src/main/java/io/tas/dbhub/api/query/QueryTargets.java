package io.tas.dbhub.api.query;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import java.util.Optional;

/** What a query needs to know of the inventory. */
public interface QueryTargets {
  Optional<Database> find(Scope scope, String id);

  Optional<ServingEndpoint> servingEndpoint(Scope scope, String id);

  static QueryTargets of(DatabaseInventory inventory) {
    return new QueryTargets() {
      @Override
      public Optional<Database> find(Scope scope, String id) {
        return inventory.find(scope, id);
      }

      @Override
      public Optional<ServingEndpoint> servingEndpoint(Scope scope, String id) {
        return inventory.servingEndpoint(scope, id);
      }
    };
  }
}
