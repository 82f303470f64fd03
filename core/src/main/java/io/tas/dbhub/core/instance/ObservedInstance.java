package io.tas.dbhub.core.instance;

/**
 * @param rolledOut every replica runs the applied configuration, and no older one is left
 * @param availableReplicas pods that are Ready
 * @param endpoint where clients reach it, such as {@code http://dbhub.ns.svc:8080}; without {@code
 *     /mcp}
 */
public record ObservedInstance(boolean rolledOut, int availableReplicas, String endpoint) {}
