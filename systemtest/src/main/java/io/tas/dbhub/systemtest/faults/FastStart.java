package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.dev.engine.ClassPath;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Has a worker's JVM start in a third of the time: it keeps its classes as it loaded them, in an
 * archive that a first worker writes when it ends. A soak starts hundreds of workers. Folders on
 * the class path would forbid an archive, so they become jars.
 */
final class FastStart {
  private final String classPath;
  private final Path archive;

  FastStart(Path directory) {
    this.archive = directory.resolve("worker.jsa");
    this.classPath = jars(directory.resolve("classes"));
  }

  String classPath() {
    return classPath;
  }

  /** For the worker that is stopped again. */
  String writes() {
    return "-XX:ArchiveClassesAtExit=" + archive;
  }

  /** For all others; without an archive they start slowly. */
  String reads() {
    return "-XX:SharedArchiveFile=" + archive;
  }

  private static String jars(Path directory) {
    List<String> entries = new ArrayList<>();
    try {
      Files.createDirectories(directory);
      for (String entry : ClassPath.ofThisProcess().split(File.pathSeparator, -1)) {
        Path path = Path.of(entry);
        if (Files.isDirectory(path)) {
          Path jar = directory.resolve(entries.size() + ".jar");
          pack(path, jar);
          entries.add(jar.toString());
        } else if (Files.exists(path)) {
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> found = Files.walk(folder)) {
      // With entries for folders: Flyway looks its scripts up by theirs.
      for (Path path : found.filter(one -> !one.equals(folder)).sorted().toList()) {
        boolean isFolder = Files.isDirectory(path);
        out.putNextEntry(new JarEntry(folder.relativize(path) + (isFolder ? "/" : "")));
        if (!isFolder) {
          Files.copy(path, out);
        }
        out.closeEntry();
      }
    }
  }
}
