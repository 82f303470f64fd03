package io.tas.dbhub.cli.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.terminal.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * {@code config.json}: holds tokens, so only its owner may read it. It is replaced as a whole: who
 * reads it meanwhile, or after a crash, finds the old one or the new one.
 */
public final class ConfigurationFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final FileAttribute<Set<PosixFilePermission>> OWN_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;

  public ConfigurationFile(Path file) {
    this.file = file;
  }

  /** Where it is for this environment: {@code $XDG_CONFIG_HOME/dbhub}, else {@code ~/.config}. */
  public static ConfigurationFile of(Map<String, String> environment, Path home) {
    String chosen = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path base = chosen.isEmpty() ? home.resolve(".config") : Path.of(chosen);
    return new ConfigurationFile(base.resolve("dbhub").resolve("config.json"));
  }

  public Path path() {
    return file;
  }

  /** Empty where there is none. */
  public Configuration read() {
    try {
      return JSON.readValue(Files.readAllBytes(file), Configuration.class);
    } catch (NoSuchFileException e) {
      return Configuration.EMPTY;
    } catch (JsonProcessingException e) {
      // Its own text quotes the file, and that holds tokens.
      throw new CommandFailure(
          ExitCode.USAGE, file + " is not valid JSON.", "Correct it, or delete it and log in.");
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, file + " cannot be read: " + Reasons.of(e));
    }
  }

  public void write(Configuration configuration) {
    Path directory = file.toAbsolutePath().resolveSibling("");
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory.resolveSibling(""));
        Files.createDirectory(directory, OWN_DIRECTORY);
      }
      Path fresh = Files.createTempFile(directory, ".config", ".json", OWN_FILE);
      try {
        JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), configuration);
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, file + " cannot be written: " + Reasons.of(e));
    }
  }
}
