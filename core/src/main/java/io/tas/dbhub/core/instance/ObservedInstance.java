package io.tas.dbhub.core.instance;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * @param rolledOut every replica of every server runs the applied configuration, and neither an
 *     older one nor a server too many is left
 * @param availableReplicas pods that are Ready, of the server that has the fewest
 * @param endpoint where clients reach the first server, such as {@code http://dbhub.ns.svc:8080};
 *     without {@code /mcp}
 * @param servers that run what was applied and answer: their endpoints by name
 * @param rolling names of the servers that do not yet, or are going away
 */
public record ObservedInstance(
    boolean rolledOut,
    int availableReplicas,
    String endpoint,
    Map<String, String> servers,
    List<String> rolling) {
  public ObservedInstance {
    // What was observed before there were several servers names none.
    servers = servers == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(servers));
    rolling = rolling == null ? List.of() : List.copyOf(rolling);
  }

  public ObservedInstance(boolean rolledOut, int availableReplicas, String endpoint) {
    this(rolledOut, availableReplicas, endpoint, Map.of(), List.of());
  }
}
