package io.tas.dbhub.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system that {@code bin/up} runs from a checkout, as its data directory tells of it. */
public final class LocalSystem {
  private static final Pattern URL =
      Pattern.compile("^export DBHUB_URL='([^']*)'$", Pattern.MULTILINE);
  private static final Pattern SPACE =
      Pattern.compile("^export DBHUB_SPACE='([^']*)'$", Pattern.MULTILINE);

  private final Path directory;

  public LocalSystem(Path directory) {
    this.directory = directory;
  }

  /** Empty where {@code bin/up} has not run. */
  public Optional<StoredContext> context() {
    try {
      String variables = Files.readString(directory.resolve("env"), UTF_8);
      String token = Files.readString(directory.resolve("token"), UTF_8).strip();
      Matcher space = SPACE.matcher(variables);
      Matcher url = URL.matcher(variables);
      return url.find()
          ? Optional.of(
              new StoredContext(
                  url.group(1), token, space.find() ? space.group(1) : null, null, false))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public Path directory() {
    return directory;
  }
}
