/**
 * Watches Kubernetes and tells workflows that something may have changed: {@link
 * io.tas.dbhub.worker.informer.ResourceWatcher} listens, {@link
 * io.tas.dbhub.worker.informer.Changes} decides whom it concerns, {@link
 * io.tas.dbhub.worker.informer.Notices} keeps what is not told yet, {@link
 * io.tas.dbhub.worker.informer.Temporal} tells. Nothing here acts on a change itself.
 */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.worker.informer;
