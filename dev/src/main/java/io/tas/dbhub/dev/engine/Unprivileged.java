package io.tas.dbhub.dev.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL refuses to run as root; containers and CI machines often know no other user. */
final class Unprivileged {
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");

  private Unprivileged() {}

  /**
   * The command for a user who is not root: as it is, unless we are root. Then it gets a user
   * namespace of its own, in which it is nobody, and still may read and write our files.
   */
  static List<String> command(List<String> argv) {
    if (!System.getProperty("user.name").equals("root") || !Files.isExecutable(UNSHARE)) {
      return argv;
    }
    List<String> wrapped = new ArrayList<>(List.of(UNSHARE.toString(), "--user"));
    wrapped.addAll(argv);
    return wrapped;
  }
}
