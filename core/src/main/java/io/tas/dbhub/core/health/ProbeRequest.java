package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * @param uid that the resource must have, or it is as good as gone; null where any will do
 * @param periodic the connection worked and nobody told of a change: what was known of it a moment
 *     ago is good enough to find that it works still
 * @param login what is known of the login's rights; null where nothing is
 */
public record ProbeRequest(
    ResourceRef resource, @Nullable String uid, boolean periodic, @Nullable LoginFinding login) {
  /** Of a connection that is read anew, whoever made the resource. */
  public ProbeRequest(ResourceRef resource) {
    this(resource, null, false, null);
  }
}
