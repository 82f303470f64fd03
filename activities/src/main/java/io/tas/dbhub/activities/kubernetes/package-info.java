/**
 * Kubernetes: the objects of connections and instances. The only package that speaks to its API.
 */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.kubernetes;
