package io.tas.dbhub.dev.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What Linux knows about a process and Java does not tell. Elsewhere: nothing is known. */
final class Proc {
  private Proc() {}

  /** In clock ticks after the machine's start; unlike a wall clock it is never adjusted. */
  static Optional<String> startTime(long pid) {
    return field(pid, 19);
  }

  /**
   * Alive, and not only waiting for its parent to notice that it is dead: where a container has no
   * init, orphans do so for ever.
   */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && !field(process.pid(), 0).orElse("").equals("Z");
  }

  /** All that run in the session which that process leads, or led. */
  static List<ProcessHandle> session(long leader) {
    String id = String.valueOf(leader);
    return ProcessHandle.allProcesses()
        .filter(process -> field(process.pid(), 3).orElse("").equals(id))
        .filter(Proc::runs)
        .toList();
  }

  /** Counted after the command's name, which may hold blanks and parentheses itself. */
  private static Optional<String> field(long pid, int index) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"), UTF_8);
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[index]);
    } catch (IOException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
