package io.tas.dbhub.activities.comparison;

import io.tas.dbhub.activities.kubernetes.ClaimedDatabases;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.storage.inventory.ConnectionRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes away the nodes whose manifest went while nobody watched, or asks for another place now. The
 * manifest is the source of truth and nothing of theirs is kept elsewhere, so nothing is lost: a
 * manifest that does ask is adopted by its monitor. Thread-safe.
 */
final class AdoptedComparison {
  private final ClaimedDatabases manifests;
  private final ComparedInventory inventory;

  AdoptedComparison(ClaimedDatabases manifests, ComparedInventory inventory) {
    this.manifests = manifests;
    this.inventory = inventory;
  }

  /**
   * @param nodes read before this is called: a manifest that is not found later is gone
   * @param alive called between any two requests that may take long
   */
  void compare(List<ConnectionRow> nodes, Runnable alive) {
    Map<String, Optional<Map<ResourceRef, DatabaseRef>>> claimed = new TreeMap<>();
    for (ConnectionRow node : nodes) {
      Optional<Map<ResourceRef, DatabaseRef>> there =
          claimed.computeIfAbsent(
              node.resource().namespace(), namespace -> manifests.list(namespace, alive));
      // What may not be read may well be there.
      boolean missing =
          there.filter(found -> !node.database().equals(found.get(node.resource()))).isPresent();
      if (missing) {
        alive.run();
        boolean gone = manifests.find(node.resource()).filter(node.database()::equals).isEmpty();
        if (gone) {
          inventory.release(node);
        }
      }
    }
  }
}
