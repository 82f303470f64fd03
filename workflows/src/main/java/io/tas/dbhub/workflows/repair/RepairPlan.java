package io.tas.dbhub.workflows.repair;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DefinitionDigest;
import io.tas.dbhub.core.repair.InspectedConnection;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be put back of a connection, and what it shall say.
 *
 * @param definition the inventory's; the resource's where the inventory has none
 */
record RepairPlan(
    DatabaseDefinition definition, boolean secretMissing, Resource resource, boolean nodeMissing) {

  /** The Database resource, compared with the inventory. */
  enum Resource {
    SAME,
    CHANGED,
    MISSING
  }

  /**
   * @param node null when the inventory has none
   * @param credentialsGiven for a Secret that is gone
   * @throws ApplicationFailure {@code NotFound} when there is nothing to repair it from, {@code
   *     CredentialsNeeded}, and {@code Invalid} for credentials where the Secret is there: they
   *     would be dropped unseen
   */
  static RepairPlan of(
      @Nullable Database node, InspectedConnection found, boolean credentialsGiven) {
    DatabaseDefinition definition = node == null ? found.definition() : node.definition();
    if (definition == null) {
      throw Failures.of(FailureType.NOT_FOUND, "There is nothing that it could be repaired from.");
    }
    boolean secretMissing = found.secret() == null;
    if (secretMissing && !credentialsGiven) {
      throw Failures.of(
          FailureType.CREDENTIALS_NEEDED,
          "The Secret is gone, and it was the only one that held the credentials: give them.");
    }
    // Of a file they are always given, and always empty.
    if (!secretMissing && credentialsGiven && definition.target().type().networked()) {
      throw Failures.of(
          FailureType.INVALID, "The Secret is there: change its credentials by rotating them.");
    }
    return new RepairPlan(definition, secretMissing, compare(definition, found), node == null);
  }

  /** For people, in the order in which it is done. */
  List<String> putsBack() {
    List<String> parts = new ArrayList<>();
    if (secretMissing) {
      parts.add("Secret");
    }
    if (resource != Resource.SAME) {
      parts.add("Database resource");
    }
    if (nodeMissing) {
      parts.add("inventory node");
    }
    return parts;
  }

  private static Resource compare(DatabaseDefinition definition, InspectedConnection found) {
    DatabaseDefinition says = found.definition();
    if (found.resource() == null) {
      return Resource.MISSING;
    }
    return says != null && DefinitionDigest.of(says).equals(DefinitionDigest.of(definition))
        ? Resource.SAME
        : Resource.CHANGED;
  }
}
