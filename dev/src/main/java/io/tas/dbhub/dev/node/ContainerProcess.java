package io.tas.dbhub.dev.node;

import io.tas.dbhub.dev.engine.PidFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A container's process and the note of it on disk, by which a later node finds it when this one
 * was killed.
 */
final class ContainerProcess {

  private final Process process;
  private final PidFile note;

  private ContainerProcess(Process process, PidFile note) {
    this.process = process;
    this.note = note;
  }

  static ContainerProcess start(ProcessBuilder builder, Path folder, String name)
      throws IOException {
    Process process = builder.start();
    PidFile note = new PidFile(folder.resolve(name + ".pid"));
    note.write(process.pid());
    process.getOutputStream().close();
    return new ContainerProcess(process, note);
  }

  boolean running() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** Asks the process and its children to end, waits, and kills what is left. */
  void stop(Duration grace) throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    children.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    forget();
  }

  void forget() {
    note.delete();
  }
}
