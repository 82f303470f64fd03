package io.tas.dbhub.activities.kubernetes.instance;

import io.tas.dbhub.core.instance.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** What the servers of an instance are given. */
final class RenderedInstance {
  private final NavigableMap<Integer, RenderedServer> servers;
  private final List<Integer> order;
  private final List<String> problems;

  RenderedInstance(
      NavigableMap<Integer, RenderedServer> servers, List<Integer> order, List<String> problems) {
    this.servers = servers;
    this.order = List.copyOf(order);
    this.problems = List.copyOf(problems);
  }

  /** By number; never empty. */
  NavigableMap<Integer, RenderedServer> servers() {
    return servers;
  }

  /** The servers with their numbers, in the order in which they are to be changed. */
  List<Map.Entry<Integer, RenderedServer>> inOrder() {
    return servers.entrySet().stream()
        .sorted(Comparator.comparing(server -> order.indexOf(server.getKey())))
        .toList();
  }

  /** Databases that were left out and why, one sentence each, without credentials. */
  List<String> problems() {
    return problems;
  }

  String configHash() {
    NavigableMap<Integer, String> hashes = new TreeMap<>();
    servers.forEach((number, server) -> hashes.put(number, server.configHash()));
    return ConfigHash.of(hashes);
  }

  /**
   * Those of all servers.
   *
   * @param names of the servers by number
   */
  List<Source> sources(IntFunction<String> names) {
    return servers.entrySet().stream()
        .flatMap(
            server ->
                server.getValue().sources().stream()
                    .map(source -> source.on(names.apply(server.getKey()))))
        .toList();
  }
}
