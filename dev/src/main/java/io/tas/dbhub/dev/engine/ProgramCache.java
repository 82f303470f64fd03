package io.tas.dbhub.dev.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps built programs, one directory for each name and hash of its pins: a changed pin is another
 * directory, so it is built anew and an older checkout still finds its own. A directory appears
 * under its final name only when complete.
 */
final class ProgramCache {
  private static final Duration LOCK_POLL = Duration.ofMillis(200);

  private final Path directory;
  private final Progress progress;

  ProgramCache(Path directory, Progress progress) {
    this.directory = directory;
    this.progress = progress;
  }

  /**
   * {@code DBHUB_CACHE}, else {@code $XDG_CACHE_HOME/dbhub-control-plane}, else the same below
   * {@code ~/.cache}.
   */
  static Path standardDirectory(Map<String, String> environment) {
    String own = environment.getOrDefault("DBHUB_CACHE", "");
    if (!own.isBlank()) {
      return Path.of(own).toAbsolutePath();
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    // As every other tool does: HOME before the account's own entry.
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path caches = xdg.isBlank() ? Path.of(home, ".cache") : Path.of(xdg);
    return caches.resolve("dbhub-control-plane").toAbsolutePath();
  }

  /**
   * The program made by this recipe; builds it unless it is there already. Waits when another
   * process builds it.
   *
   * @throws UncheckedIOException when the cache directory cannot be written
   */
  Program install(Recipe recipe) {
    Path home = home(recipe);
    if (Files.isDirectory(home)) {
      return new Program.Installed(home.resolve("bin"));
    }
    Optional<String> obstacle = recipe.obstacle();
    if (obstacle.isPresent()) {
      return new Program.Unavailable(obstacle.get());
    }
    try {
      Files.createDirectories(directory);
      return buildLocked(recipe, home);
    } catch (BuildFailedException e) {
      return new Program.Unavailable(e.reason());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write the cache " + directory + "; set DBHUB_CACHE to another folder", e);
    }
  }

  private Path home(Recipe recipe) {
    return directory.resolve(recipe.name() + "-" + hash(recipe.pins()).substring(0, 12));
  }

  private Program buildLocked(Recipe recipe, Path home) throws IOException, BuildFailedException {
    Path lockFile = directory.resolve(recipe.name() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = awaitLock(recipe, channel)) {
      if (!Files.isDirectory(home)) {
        // Under the lock nobody else builds this, so what lies there was left by a killed build.
        Path building = directory.resolve(recipe.name() + ".building");
        Trees.delete(building);
        Files.createDirectories(building.resolve("bin"));
        recipe.build(building, directory.resolve(recipe.name() + "-build.log"), progress);
        Files.move(building, home, StandardCopyOption.ATOMIC_MOVE);
      }
      return new Program.Installed(home.resolve("bin"));
    }
  }

  private FileLock awaitLock(Recipe recipe, FileChannel channel) throws IOException {
    boolean told = false;
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (!told) {
        progress.say(recipe.name(), "another process builds it; waiting");
        told = true;
      }
      Pause.of(LOCK_POLL);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByAThreadOfThisProcess) {
      return null;
    }
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
