package io.tas.dbhub.activities.kubernetes.instance;

import io.tas.dbhub.core.model.Sha256;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The hash of what an instance is given, made of its servers' hashes. Pure. */
final class ConfigHash {
  private static final int DIGITS = 32;

  private ConfigHash() {}

  /**
   * That of the only server, or a digest of all.
   *
   * @param servers the hashes by number
   */
  static String of(SortedMap<Integer, String> servers) {
    if (servers.size() == 1) {
      return servers.values().iterator().next();
    }
    String all =
        servers.entrySet().stream()
            .map(server -> server.getKey() + " " + server.getValue())
            .collect(Collectors.joining("\n"));
    return Sha256.hex(all).substring(0, DIGITS);
  }
}
