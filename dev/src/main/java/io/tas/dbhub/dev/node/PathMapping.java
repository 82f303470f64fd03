package io.tas.dbhub.dev.node;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a container's mounts lie on this machine: paths below them are rewritten before the process
 * sees them.
 */
final class PathMapping {

  private final Map<String, Path> mounts =
      new TreeMap<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  void mount(String containerPath, Path here) {
    mounts.put(
        containerPath.endsWith("/")
            ? containerPath.substring(0, containerPath.length() - 1)
            : containerPath,
        here);
  }

  /** The text with a path at its start, or after a {@code =}, moved to where it lies here. */
  String rewrite(String text) {
    int start = text.startsWith("/") ? 0 : text.indexOf("=/") + 1;
    String path = text.substring(start);
    if (!path.startsWith("/")) {
      return text;
    }
    for (Map.Entry<String, Path> mount : mounts.entrySet()) {
      if (path.equals(mount.getKey()) || path.startsWith(mount.getKey() + "/")) {
        String rest = path.substring(mount.getKey().length());
        return text.substring(0, start) + mount.getValue() + rest;
      }
    }
    return text;
  }

  List<String> rewrite(List<String> texts) {
    return texts.stream().map(this::rewrite).toList();
  }
}
