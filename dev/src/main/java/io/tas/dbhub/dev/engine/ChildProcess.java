package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process of ours: its output goes to a file, and it ends when it is closed, when this JVM ends,
 * or, should this JVM be killed, when the same process is started the next time.
 *
 * <p>It gets a session of its own where the machine can do that, so that Ctrl-C reaches only us and
 * we stop the processes in order.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private static final int TAIL = 20;

  /** What a program may know about us; the rest of our environment is none of its business. */
  private static final Set<String> PASSED_ON =
      Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");

  private final Command command;
  private final Process process;
  private final PidFile pidFile;
  private final Thread shutdownHook;

  private ChildProcess(Command command, Process process, PidFile pidFile) {
    this.command = command;
    this.process = process;
    this.pidFile = pidFile;
    this.shutdownHook = new Thread(this::stop, "stop-" + command.name());
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /**
   * What to run.
   *
   * @param name of the process, unique in its directory: names {@code <name>.log} and {@code
   *     <name>.pid}
   * @param argv program and arguments; never a secret, everybody on the machine can read them
   * @param environment added to the few variables that every child gets
   * @param directory where it runs and where its log and pid files are
   * @param stopSignal what asks it to stop in good order
   * @param patience how long it may take to stop before it is killed
   */
  public record Command(
      String name,
      List<String> argv,
      Map<String, String> environment,
      Path directory,
      String stopSignal,
      Duration patience) {

    public Command(
        String name, List<String> argv, Map<String, String> environment, Path directory) {
      this(name, argv, environment, directory, "TERM", Duration.ofSeconds(15));
    }

    /** The name only: the environment may hold credentials. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Says whether the process can be used by now. Any exception means: not yet. */
  @FunctionalInterface
  public interface Readiness {
    boolean isReady() throws Exception;
  }

  /**
   * Starts it, after stopping what an earlier run of ours, killed before it could stop it, has left
   * under the same name.
   *
   * @throws EngineException when the program cannot be run
   */
  public static ChildProcess start(Command command) {
    try {
      Files.createDirectories(command.directory());
      PidFile pidFile = new PidFile(command.directory().resolve(command.name() + ".pid"));
      pidFile.leftovers().forEach(leftover -> stopOf(command).stop(leftover));
      Path log = log(command);
      if (Files.exists(log)) {
        Files.move(
            log,
            log.resolveSibling(command.name() + ".log.previous"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      ProcessBuilder builder =
          new ProcessBuilder(inOwnSession(command.argv()))
              .directory(command.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().keySet().retainAll(PASSED_ON);
      builder.environment().putAll(command.environment());
      Process process = builder.start();
      // First of all, so that it is found should we end right now.
      pidFile.write(process.pid());
      process.getOutputStream().close();
      try {
        return new ChildProcess(command, process, pidFile);
      } catch (IllegalStateException endingAlready) {
        stopOf(command).stop(process.toHandle());
        throw new EngineException(command.name() + " is not started: we are ending");
      }
    } catch (IOException e) {
      throw new EngineException("Cannot start " + command.name() + ": " + e.getMessage(), e);
    }
  }

  private static List<String> inOwnSession(List<String> argv) {
    Path setsid = Path.of("/usr/bin/setsid");
    if (!Files.isExecutable(setsid)) {
      return argv;
    }
    List<String> wrapped = new ArrayList<>(List.of(setsid.toString()));
    wrapped.addAll(argv);
    return wrapped;
  }

  /**
   * Waits until it can be used; stops it when that does not happen.
   *
   * @throws EngineException with the end of its log, when it ends or is not ready in time
   */
  public ChildProcess awaitReady(Duration timeout, Readiness readiness) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (!isReady(readiness)) {
        if (!process.isAlive()) {
          throw failure("ended with code " + process.exitValue() + " before it was ready");
        }
        if (System.nanoTime() > deadline) {
          throw failure("was not ready after " + timeout.toSeconds() + " s");
        }
        Pause.of(POLL);
      }
      return this;
    } catch (EngineException e) {
      close();
      throw e;
    }
  }

  private static boolean isReady(Readiness readiness) {
    try {
      return readiness.isReady();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception notYet) {
      return false;
    }
  }

  private EngineException failure(String what) {
    return new EngineException(
        "%s %s. The end of %s:%n%s"
            .formatted(command.name(), what, log(), LogFile.tail(log(), TAIL)));
  }

  public boolean isAlive() {
    return Proc.runs(process.toHandle());
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log(command);
  }

  private static Path log(Command command) {
    return command.directory().resolve(command.name() + ".log");
  }

  /**
   * Ends it as a crash would: no goodbye, and nothing else is tidied up. Returns when it is gone.
   */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Stops it with all its descendants: asks first, then kills. Closing twice is fine. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // Then the hook runs or has run, and finds nothing left to do.
    }
  }

  private synchronized void stop() {
    stopOf(command).stop(process.toHandle());
    pidFile.delete();
  }

  /** Stops what earlier runs of ours, killed before they could, have left below a directory. */
  public static void stopLeftovers(Path directory) {
    Stopping stopping = new Stopping("TERM", Duration.ofSeconds(15));
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
        new PidFile(file).leftovers().forEach(stopping::stop);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stopping stopOf(Command command) {
    return new Stopping(command.stopSignal(), command.patience());
  }
}
