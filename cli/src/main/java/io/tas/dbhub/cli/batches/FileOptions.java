package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.RequestBody;
import io.tas.dbhub.cli.session.Session;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** In which format a file is, and how it is sent. */
final class FileOptions {
  static final String STANDARD_INPUT = "-";

  /** Formats by the endings of files' names. */
  private static final Map<String, String> ENDINGS =
      Map.of(
          "csv", "csv",
          "json", "json",
          "ndjson", "ndjson",
          "jsonl", "ndjson",
          "toml", "toml",
          "txt", "dsn",
          "dsn", "dsn");

  /** Only what is said to be in JSON may be refused for being none by what stands between. */
  private static final String ANY_TYPE = "application/octet-stream";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "csv, json, ndjson, toml (of a DBHub server) or dsn (connection strings, one a line)"
            + " (default: as the file's name ends)."
      })
  private String format = "";

  /**
   * @throws CommandFailure USAGE where nothing says it
   */
  String format(String file) {
    if (!format.isEmpty()) {
      return format;
    }
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String known = ENDINGS.get(ending);
    if (known == null) {
      throw new CommandFailure(
          ExitCode.USAGE, "The name " + file + " does not say the format.", "Say it: --format csv");
    }
    return known;
  }

  /**
   * @throws CommandFailure USAGE where it cannot be read
   */
  static RequestBody body(Session session, String file) {
    if (file.equals(STANDARD_INPUT)) {
      return RequestBody.stream(ANY_TYPE, session.terminal().input());
    }
    Path path = Path.of(file);
    try {
      if (Files.isDirectory(path)) {
        throw new CommandFailure(ExitCode.USAGE, file + " is a folder.");
      }
      return RequestBody.file(ANY_TYPE, path);
    } catch (FileNotFoundException e) {
      throw new CommandFailure(
          ExitCode.USAGE, file + " cannot be read: there is no such file, or you may not.");
    }
  }

  /** What a batch of the file is called. */
  static String name(String file) {
    if (file.equals(STANDARD_INPUT)) {
      return "";
    }
    Path last = Path.of(file).getFileName();
    return last == null ? "" : last.toString();
  }
}
