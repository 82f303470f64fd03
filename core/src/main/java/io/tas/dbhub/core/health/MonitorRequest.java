package io.tas.dbhub.core.health;

import io.tas.dbhub.core.adoption.Adoption;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * @param resource the Database resource, the owner of the desired connection
 * @param database its node in the inventory; null for a resource made by hand, whose node, if it
 *     has one, follows it
 * @param uid of a resource made by hand: one made again under the name is another connection. Null
 *     where the name is enough, because whoever makes the resource again means the same connection
 * @param state what the run before carried over, or a first check found; null at first
 * @param adoption likewise, of a resource made by hand that asked for a node
 */
public record MonitorRequest(
    ResourceRef resource,
    @Nullable DatabaseRef database,
    @Nullable String uid,
    @Nullable HealthState state,
    @Nullable Adoption adoption) {

  /** Of a connection that the control plane made. */
  public static MonitorRequest managed(ResourceRef resource, DatabaseRef database) {
    return new MonitorRequest(resource, database, null, null, null);
  }

  /**
   * @param state what is known already; null where nothing is
   */
  public static MonitorRequest byHand(
      ResourceRef resource, String uid, @Nullable HealthState state) {
    return new MonitorRequest(resource, null, uid, state, null);
  }

  /** For the next run. */
  public MonitorRequest carrying(HealthState nowState, @Nullable Adoption nowAdoption) {
    return new MonitorRequest(resource, database, uid, nowState, nowAdoption);
  }
}
