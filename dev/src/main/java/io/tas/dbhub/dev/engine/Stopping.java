package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How a process is ended with all that it has started: it is asked first, then killed.
 *
 * @param signal what it is asked with
 * @param patience how long it may take after that
 */
record Stopping(String signal, Duration patience) {
  private static final Duration POLL = Duration.ofMillis(50);

  /** How long the kernel may take to end a process that was killed. */
  private static final Duration KILL = Duration.ofSeconds(10);

  /** Returns when the process and its descendants are gone. */
  void stop(ProcessHandle root) {
    List<ProcessHandle> others =
        Stream.concat(root.descendants(), Proc.session(root.pid()).stream()).toList();
    signal(root);
    if (!gone(root, patience)) {
      root.destroyForcibly();
    }
    others.forEach(ProcessHandle::destroyForcibly);
    Stream.concat(Stream.of(root), others.stream()).forEach(p -> gone(p, KILL));
  }

  private void signal(ProcessHandle process) {
    if (signal.equals("TERM")) {
      process.destroy();
      return;
    }
    if (!process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-s", signal, String.valueOf(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join();
    } catch (IOException noSuchProgram) {
      process.destroy();
    }
  }

  /** An interrupted thread has no patience: the process is to go, but at once. */
  private static boolean gone(ProcessHandle process, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (Proc.runs(process)) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }
}
