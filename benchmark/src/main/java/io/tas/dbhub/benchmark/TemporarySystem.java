package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.SystemPorts;
import io.tas.dbhub.dev.system.SystemSettings;
import io.tas.dbhub.dev.system.SystemSettings.Kubernetes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole control plane on free ports and in a directory of its own, which goes with it, also on
 * Ctrl-C.
 */
final class TemporarySystem implements AutoCloseable {
  private final Path directory;
  private final LocalSystem system;
  private final Thread onExit = new Thread(this::remove, "remove");

  /** What the settings are for a directory. */
  private interface Settings {
    SystemSettings in(Path directory);
  }

  private TemporarySystem(Settings settings, Steps steps) {
    try {
      this.directory = Files.createTempDirectory("dbhub-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      this.system = LocalSystem.start(settings.in(directory), Programs.standard(System.out), steps);
    } catch (RuntimeException e) {
      delete(directory);
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  static TemporarySystem start(Kubernetes kubernetes, Steps steps) {
    return new TemporarySystem(
        directory ->
            new SystemSettings(
                directory,
                kubernetes,
                Optional.empty(),
                SystemPorts.free(),
                // Connections of an earlier round are not probed again in the middle of a later.
                Map.of("interval", "1h"),
                List.of()),
        steps);
  }

  /** As in production: probes at the usual interval, and Pods run elsewhere. */
  static TemporarySystem startMeasured(Steps steps) {
    return optimized(Kubernetes.REAL, true, false, steps);
  }

  /** Without Pods, and with JVMs as in production. */
  static TemporarySystem startListing(Steps steps) {
    return optimized(Kubernetes.IN_MEMORY, false, false, steps);
  }

  /** As in production, and DBHub runs on this machine, too. */
  static TemporarySystem startServing(Steps steps) {
    return optimized(Kubernetes.IN_MEMORY, false, true, steps);
  }

  private static TemporarySystem optimized(
      Kubernetes kubernetes, boolean audited, boolean pods, Steps steps) {
    return new TemporarySystem(
        directory ->
            new SystemSettings(
                directory,
                kubernetes,
                Optional.empty(),
                SystemPorts.free(),
                Map.of(),
                List.of(),
                audited,
                true,
                pods),
        steps);
  }

  LocalSystem system() {
    return system;
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException alreadyExiting) {
      // Then the hook has run or waits for us.
    }
  }

  private synchronized void remove() {
    system.close();
    delete(directory);
  }

  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
