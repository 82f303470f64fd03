package io.tas.dbhub.activities.comparison;

import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.storage.inventory.ConnectionRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The inventory as a comparison needs it: over all tenants.
 *
 * <p>Every method fails with {@code InventoryUnavailable} when it cannot be asked.
 */
public interface ComparedInventory {
  /**
   * Nodes in the order of their ids.
   *
   * @param afterId the last id of the page before; empty for the first page
   */
  List<ConnectionRow> nodes(String afterId, int limit);

  Optional<ConnectionRow> find(DatabaseRef database);

  /** The manifest that owns the node is gone, or asks for it no more. */
  void release(ConnectionRow node);

  void recordIncomplete(DatabaseRef database, String message, Instant checkedAt);

  /**
   * @param comparedAt when the comparison began
   */
  void replaceLeftovers(List<Leftover> found, Instant comparedAt);
}
