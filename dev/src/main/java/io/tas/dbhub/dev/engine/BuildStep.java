package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * One command of a build, run to its end with its output in a file and a line of progress every ten
 * seconds.
 *
 * @param program whose build it is
 * @param describe what to say about the progress, given the number of lines the command has printed
 */
record BuildStep(
    String program,
    List<String> command,
    Path directory,
    Map<String, String> environment,
    LongFunction<String> describe) {
  private static final Duration TICK = Duration.ofSeconds(10);

  void run(Path log, Progress progress) throws IOException, BuildFailedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    long started = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    Thread stop = new Thread(() -> end(process), "stop-build");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      while (!process.waitFor(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        progress.say(
            program,
            describe.apply(LogFile.lines(log)),
            Duration.ofNanos(System.nanoTime() - started));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildFailedException("The build of " + program + " was interrupted");
    } finally {
      end(process);
      forget(stop);
    }
    if (process.exitValue() != 0) {
      throw new BuildFailedException(
          "The build of %s failed: `%s` ended with code %d. The last lines of %s:%n%s"
              .formatted(
                  program,
                  String.join(" ", command),
                  process.exitValue(),
                  log,
                  LogFile.tail(log, 15)));
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // Then it runs, and finds nothing left to end.
    }
  }
}
