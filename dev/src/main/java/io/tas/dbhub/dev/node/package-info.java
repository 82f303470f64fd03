/**
 * A node for development: runs Pods as processes of this machine, and Services as loopback ports,
 * against any Kubernetes API server, the in-memory one as well as the real one.
 *
 * <p>A process is not a container: it sees the machine's files. Paths below a mount are rewritten
 * in commands, arguments and the environment; security contexts and resource limits are not
 * enforced; ConfigMaps and Secrets are written when the Pod starts and not followed afterwards.
 */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.dev.node;
