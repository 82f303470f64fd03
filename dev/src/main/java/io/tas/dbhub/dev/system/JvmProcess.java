package io.tas.dbhub.dev.system;

import io.tas.dbhub.dev.engine.ChildProcess;
import io.tas.dbhub.dev.engine.ClassPath;
import io.tas.dbhub.dev.engine.SecretFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The API or the worker in a JVM of its own, so that it can be killed, and started again, like the
 * real thing.
 */
public final class JvmProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Launch launch;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private ChildProcess process;

  /**
   * @param configuration the text of its configuration file; kept readable by the owner alone
   * @param ready answers 200 when it is ready
   * @param thorough compiles with both compilers: computes faster, and starts slower
   */
  public record Launch(
      String name,
      Class<?> main,
      int heapMegabytes,
      Path directory,
      String configuration,
      URI ready,
      boolean thorough) {
    /** Of one that starts fast. */
    public Launch(
        String name,
        Class<?> main,
        int heapMegabytes,
        Path directory,
        String configuration,
        URI ready) {
      this(name, main, heapMegabytes, directory, configuration, ready, false);
    }
  }

  private JvmProcess(Launch launch) {
    this.launch = launch;
    this.process = begin();
  }

  /** Starts it without waiting; {@link #awaitReady} does. */
  public static JvmProcess start(Launch launch) {
    SecretFile.write(file(launch), launch.configuration());
    return new JvmProcess(launch);
  }

  private ChildProcess begin() {
    return ChildProcess.start(
        new ChildProcess.Command(
            launch.name(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (launch.thorough() ? 4 : 1),
                "-Xmx" + launch.heapMegabytes() + "m",
                launch.main().getName(),
                "server",
                file(launch).toString()),
            Map.of("CLASSPATH", ClassPath.ofThisProcess()),
            launch.directory()));
  }

  private static Path file(Launch launch) {
    return launch.directory().resolve(launch.name() + ".yml");
  }

  public void awaitReady() {
    current().awaitReady(START, this::ready);
  }

  private boolean ready() throws IOException, InterruptedException {
    return http.send(
                HttpRequest.newBuilder(launch.ready()).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode()
        == 200;
  }

  public boolean isAlive() {
    return current().isAlive();
  }

  public long pid() {
    return current().pid();
  }

  public Path log() {
    return current().log();
  }

  /** Ends it as a crash would. */
  public void kill() {
    current().kill();
  }

  /**
   * Starts it again after it has ended. One that runs is left alone: of two who saw the end, the
   * second must not stop what the first has just started.
   */
  public synchronized void revive() {
    if (process.isAlive()) {
      return;
    }
    process.close();
    process = begin();
  }

  private synchronized ChildProcess current() {
    return process;
  }

  @Override
  public void close() {
    current().close();
  }
}
