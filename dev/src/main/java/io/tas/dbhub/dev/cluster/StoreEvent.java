package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One change of the store.
 *
 * @param object the object after the change; for a deletion its last state, carrying the deletion's
 *     revision
 * @param before the object before the change, empty for a new one
 */
record StoreEvent(
    long revision, Change change, ObjectKey key, ObjectNode object, Optional<ObjectNode> before) {

  enum Change {
    ADDED,
    MODIFIED,
    DELETED
  }
}
