/**
 * A DBHubInstance: what it is made from is read ({@link
 * io.tas.dbhub.activities.kubernetes.instance.WorldReader}), spread over servers ({@link
 * io.tas.dbhub.activities.kubernetes.instance.Assignment}) and rendered ({@link
 * io.tas.dbhub.activities.kubernetes.instance.InstanceRenderer}, {@link
 * io.tas.dbhub.activities.kubernetes.instance.InstanceManifests}) by pure classes, and applied
 * ({@link io.tas.dbhub.activities.kubernetes.instance.ServerObjects}).
 */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.kubernetes.instance;
