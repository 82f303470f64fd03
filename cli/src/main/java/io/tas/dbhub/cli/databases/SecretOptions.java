package io.tas.dbhub.cli.databases;

import io.tas.dbhub.cli.terminal.Secrets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the password is read from. */
final class SecretOptions {
  /** One of them. */
  static final class Source {
    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "Holds the password; a line's end at its end does not count.")
    private @Nullable Path file;

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean input;
  }

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private @Nullable Source source;

  boolean fromInput() {
    return source != null && source.input;
  }

  /** Empty where no source is named. */
  Optional<String> read(Secrets secrets) {
    Source named = source;
    if (named == null) {
      return Optional.empty();
    }
    Path file = named.file;
    return Optional.of(file == null ? secrets.ofInput() : secrets.ofFile(file));
  }
}
