package io.tas.dbhub.activities.kubernetes.instance;

import java.nio.file.Path;

/**
 * The directory with the SQLite files, as the pods see it.
 *
 * @param mountPath absolute, in the container
 * @param hostPath absolute, on the node
 */
public record SqliteVolume(Path mountPath, Path hostPath) {
  public SqliteVolume {
    if (!mountPath.isAbsolute() || !hostPath.isAbsolute()) {
      throw new IllegalArgumentException("both paths of the SQLite directory must be absolute");
    }
    mountPath = mountPath.normalize();
    hostPath = hostPath.normalize();
  }
}
