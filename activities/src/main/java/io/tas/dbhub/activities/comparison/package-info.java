/** Compares what Kubernetes and the inventory have of connections. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.comparison;
