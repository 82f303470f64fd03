package io.tas.dbhub.activities.kubernetes;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose the file is that a Database for SQLite names. REST puts a tenant's files into a folder of
 * its name, so what lies in a folder is that tenant's; what lies beside the folders is nobody's.
 * Pure.
 */
final class FileFolder {
  private FileFolder() {}

  /**
   * The tenant; {@link NamespaceTenants#ALL} where the path does not tell; empty for a file that is
   * nobody's.
   */
  static Optional<String> tenant(String file) {
    try {
      Path path = Path.of(file).normalize();
      if (path.isAbsolute()) {
        return Optional.of(NamespaceTenants.ALL);
      }
      return path.getNameCount() == 1 ? Optional.empty() : Optional.of(path.getName(0).toString());
    } catch (InvalidPathException e) {
      return Optional.of(NamespaceTenants.ALL);
    }
  }
}
