package io.tas.dbhub.systemtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Stops processes for a while, as an overloaded machine or a lost network would. */
final class Signals {
  private Signals() {}

  /** The process hangs until the handle is closed. */
  static Held hold(long pid) {
    send("STOP", pid);
    return () -> send("CONT", pid);
  }

  /** A process that hangs. */
  @FunctionalInterface
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  private static void send(String signal, long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-s", signal, String.valueOf(pid)).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("process " + pid + " did not get " + signal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
