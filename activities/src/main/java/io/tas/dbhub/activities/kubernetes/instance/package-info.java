/**
 * A DBHubInstance: what it is made from is read ({@link
 * io.tas.dbhub.activities.kubernetes.instance.WorldReader}), rendered by pure classes ({@link
 * io.tas.dbhub.activities.kubernetes.instance.InstanceRenderer}, {@link
 * io.tas.dbhub.activities.kubernetes.instance.InstanceManifests}), and applied.
 */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.kubernetes.instance;
