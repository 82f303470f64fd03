package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One file per object, replaced by an atomic rename: a killed process leaves either the old or the
 * new object. (Not forced to the disk: a power failure may lose the last seconds, which development
 * can bear.) Secrets are among them, so only the owner may read.
 */
final class ObjectFiles {

  /**
   * Revisions are handed out in blocks, so that a restart never repeats one without a write per
   * change.
   */
  private static final long REVISION_BLOCK = 1_000_000;

  private static final String CLUSTER_WIDE = "_cluster";

  private final Path objects;
  private final Path revisionFile;
  private final Path scratch;

  ObjectFiles(Path directory) {
    this.objects = directory.resolve("objects");
    this.revisionFile = directory.resolve("revision");
    this.scratch = directory.resolve("scratch");
    makePrivate(directory);
    makePrivate(objects);
  }

  static void makePrivate(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + directory, e);
    }
  }

  /** Replaces the file in one step, readable by its owner only. */
  static void writePrivate(Path file, Path scratch, byte[] content) {
    try {
      Files.deleteIfExists(scratch);
      Files.createFile(
          scratch,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(scratch, content);
      Files.move(
          scratch, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** The first revision of this run; every earlier run's are lower. */
  long firstRevision() {
    try {
      long first =
          Files.exists(revisionFile)
              ? Long.parseLong(Files.readString(revisionFile, StandardCharsets.UTF_8).strip())
              : 1;
      String next = Long.toString(first + REVISION_BLOCK);
      writePrivate(revisionFile, scratch, next.getBytes(StandardCharsets.UTF_8));
      return first;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + revisionFile, e);
    }
  }

  Map<ObjectKey, ObjectNode> load() {
    Map<ObjectKey, ObjectNode> loaded = new TreeMap<>();
    try (Stream<Path> files = Files.walk(objects, 4)) {
      files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .filter(Files::isRegularFile)
          .forEach(file -> loaded.put(key(file), read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + objects, e);
    }
    return loaded;
  }

  void write(ObjectKey key, ObjectNode object) {
    Path file = file(key);
    makePrivate(file.getParent() == null ? objects : file.getParent());
    writePrivate(file, scratch, Json.bytes(object));
  }

  void delete(ObjectKey key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + file(key), e);
    }
  }

  private static ObjectNode read(Path file) {
    try {
      return Json.readObject(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private Path file(ObjectKey key) {
    String group = key.group().isEmpty() ? "core" : key.group();
    String namespace = key.namespace().isEmpty() ? CLUSTER_WIDE : key.namespace();
    Path file =
        objects
            .resolve(group)
            .resolve(key.resource())
            .resolve(namespace)
            .resolve(key.name() + ".json")
            .normalize();
    // Names are checked before they get here; a path that leaves the folder is a bug worth stopping
    // for.
    if (!file.startsWith(objects.normalize())) {
      throw new IllegalArgumentException("A name that is no file name: " + key);
    }
    return file;
  }

  private ObjectKey key(Path file) {
    Path relative = objects.relativize(file);
    String group = relative.getName(0).toString();
    String namespace = relative.getName(2).toString();
    String name = relative.getName(3).toString();
    return new ObjectKey(
        group.equals("core") ? "" : group,
        relative.getName(1).toString(),
        namespace.equals(CLUSTER_WIDE) ? "" : namespace,
        name.substring(0, name.length() - ".json".length()));
  }
}
