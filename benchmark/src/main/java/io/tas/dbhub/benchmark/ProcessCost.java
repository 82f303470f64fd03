package io.tas.dbhub.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What some processes, with all that they started, have used of the machine. */
final class ProcessCost {
  private final List<Long> pids;
  private double secondsBefore;

  /** Counts from now on. */
  ProcessCost(List<Long> pids) {
    this.pids = List.copyOf(pids);
    restart();
  }

  /**
   * @param seconds of processor time
   * @param megabytes of memory at most at a time, as far as the machine tells
   */
  record Used(double seconds, long megabytes) {
    String text() {
      return "%.1f s, %d MB".formatted(seconds, megabytes);
    }
  }

  /** Counts from now on. */
  void restart() {
    // Forgets the highest use of memory so far; only Linux can.
    processes().forEach(process -> write(proc(process, "clear_refs"), "5"));
    secondsBefore = seconds();
  }

  Used used() {
    long kilobytes = processes().mapToLong(ProcessCost::peakKilobytes).sum();
    return new Used(seconds() - secondsBefore, kilobytes / 1024);
  }

  private Stream<ProcessHandle> processes() {
    return pids.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
  }

  private double seconds() {
    return processes()
            .flatMap(process -> process.info().totalCpuDuration().stream())
            .mapToLong(Duration::toMillis)
            .sum()
        / 1e3;
  }

  private static long peakKilobytes(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(proc(process, "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }

  private static Path proc(ProcessHandle process, String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException endedOrNotAllowed) {
      // Then the figure is the highest since the process began.
    }
  }
}
