package io.tas.dbhub.activities.inventory;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.storage.inventory.IdTakenException;
import io.tas.dbhub.storage.inventory.InventoryUnavailableException;
import io.tas.dbhub.storage.inventory.NameTakenException;
import io.tas.dbhub.storage.inventory.NotInInventoryException;
import io.tas.dbhub.storage.inventory.RevisionChangedException;
import io.tas.dbhub.storage.inventory.TypeChangedException;
import java.util.function.Supplier;

/**
 * The only place where the inventory's exceptions become failures of activities. Causes stay
 * behind.
 */
public final class InventoryFailures {
  private InventoryFailures() {}

  /** As {@link #translate}, for a call without an answer. */
  public static void translateVoid(Runnable call) {
    translate(
        () -> {
          call.run();
          return true;
        });
  }

  /** Runs a call; what it throws comes out typed. */
  public static <T> T translate(Supplier<T> call) {
    try {
      return call.get();
    } catch (NameTakenException e) {
      throw Failures.of(
          FailureType.NAME_TAKEN, "another database of this tenant and space has the name");
    } catch (RevisionChangedException e) {
      throw Failures.of(FailureType.REVISION_CHANGED, "the database was changed since it was read");
    } catch (NotInInventoryException e) {
      throw Failures.of(FailureType.NOT_FOUND, "this tenant and space have no such database");
    } catch (TypeChangedException e) {
      throw Failures.of(FailureType.INVALID, "the type of a database cannot change");
    } catch (InventoryUnavailableException e) {
      throw Failures.of(
          FailureType.INVENTORY_UNAVAILABLE, "the inventory (Neo4j) is not available");
    } catch (IdTakenException e) {
      throw Failures.of(FailureType.INVALID, "the database's id belongs to another space");
    }
  }
}
