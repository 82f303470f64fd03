package io.tas.dbhub.activities.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds SQLite files, none outside of the configured directory. */
final class SqliteFiles {
  /** What came of looking for a file. */
  sealed interface Found {
    /**
     * @param path real: absolute and without links
     */
    record File(Path path) implements Found {}

    record No(Problem problem) implements Found {}
  }

  private final Optional<Path> directory;

  SqliteFiles(Optional<Path> directory) {
    this.directory = directory;
  }

  /**
   * @param path inside the directory; an absolute one is good when it leads there
   */
  Found find(String path) {
    if (directory.isEmpty()) {
      return new Found.No(Problem.NO_SQLITE_DIRECTORY);
    }
    if (path.isBlank() || path.indexOf('?') >= 0 || path.indexOf('\0') >= 0) {
      return new Found.No(Problem.FILE_NOT_ALLOWED);
    }
    try {
      Path wanted = Path.of(path);
      for (Path part : wanted) {
        if (part.toString().equals("..")) {
          return new Found.No(Problem.FILE_NOT_ALLOWED);
        }
      }
      Path root = directory.get().toRealPath();
      Path inside = root.resolve(wanted);
      if (!inside.startsWith(root) && !inside.startsWith(directory.get().toAbsolutePath())) {
        return new Found.No(Problem.FILE_NOT_ALLOWED);
      }
      return existing(root, inside);
    } catch (InvalidPathException e) {
      return new Found.No(Problem.FILE_NOT_ALLOWED);
    } catch (IOException e) {
      return new Found.No(Problem.FILE_MISSING);
    }
  }

  private static Found existing(Path root, Path inside) throws IOException {
    Path real = inside.toRealPath();
    if (!real.startsWith(root) || real.toString().indexOf('?') >= 0) {
      return new Found.No(Problem.FILE_NOT_ALLOWED);
    }
    // A pipe or a device would be waited for without end.
    return Files.isRegularFile(real) ? new Found.File(real) : new Found.No(Problem.FILE_MISSING);
  }
}
