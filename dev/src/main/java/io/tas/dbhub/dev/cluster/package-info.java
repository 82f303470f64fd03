/**
 * An in-memory Kubernetes API server for development, where neither a cluster nor Go is at hand.
 *
 * <p>What it keeps of a real one: discovery, storage with optimistic locking, watches that resume,
 * server-side apply with field ownership, status subresources and generations, CRD defaults,
 * pruning and validation, tables, owner references, Deployments. What it leaves out: RBAC (one
 * token may do everything), CEL rules, admission webhooks, quotas, several versions of one CRD, and
 * protobuf (so {@code kubectl create secret …} is refused; {@code kubectl apply} and all reading
 * works).
 */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.dev.cluster;
