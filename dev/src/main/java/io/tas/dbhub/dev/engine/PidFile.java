package io.tas.dbhub.dev.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a process beyond our own end: its id and when the kernel started it, since ids are used
 * again.
 *
 * @param file what ordinary tools may read, too: the first line is the process id
 */
public record PidFile(Path file) {

  public void write(long pid) throws IOException {
    Files.writeString(file, pid + "\n" + Proc.startTime(pid).orElse("unknown") + "\n", UTF_8);
  }

  /**
   * What still runs of the process that was written: itself, if the number is still its own, and
   * those of its session, who may have outlived it.
   */
  List<ProcessHandle> leftovers() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = Files.readAllLines(file, UTF_8);
    if (lines.size() < 2 || !lines.get(0).matches("\\d{1,18}")) {
      return List.of();
    }
    long pid = Long.parseLong(lines.get(0));
    Optional<String> startTime = Proc.startTime(pid);
    if (startTime.isPresent() && !startTime.get().equals(lines.get(1))) {
      return List.of();
    }
    List<ProcessHandle> found = new ArrayList<>();
    ProcessHandle.of(pid).filter(Proc::runs).ifPresent(found::add);
    Proc.session(pid).stream().filter(p -> p.pid() != pid).forEach(found::add);
    return found;
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
