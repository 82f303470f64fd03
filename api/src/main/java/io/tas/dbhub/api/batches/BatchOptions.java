package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.batches.file.FileFormat;
import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.core.batch.BatchLimits;
import io.tas.dbhub.core.model.Texts;
import io.tas.dbhub.storage.journal.Batches;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a batch is made.
 *
 * @param dryRun whether it is only checked
 * @param onlyValid whether rows that break rules may be left out when it is run
 */
record BatchOptions(String name, boolean dryRun, boolean onlyValid, BatchLimits limits) {
  static final int LONGEST_NAME = 255;
  static final String NAME_RULE = "has at most " + LONGEST_NAME + " characters, all printable";

  private static final Set<String> KNOWN =
      Set.of("name", "dry_run", "only_valid", "parallelism", "per_host", "stop_after", "format");

  /** Of a file, with its format. */
  record OfFile(BatchOptions options, FileFormat format) {}

  /**
   * Those in the address of a file.
   *
   * @param contentType null where none was sent
   * @throws io.tas.dbhub.api.errors.ProblemException Invalid, naming all that is wrong
   */
  static OfFile read(MultivaluedMap<String, String> sent, @Nullable String contentType) {
    Parameters parameters = new Parameters(sent, KNOWN, "a batch");
    String name = parameters.text("name", BatchOptions::validName, NAME_RULE);
    Boolean dryRun = parameters.bool("dry_run");
    Boolean onlyValid = parameters.bool("only_valid");
    BatchLimits limits =
        new BatchLimits(
            parameters.number(
                "parallelism", BatchLimits.DEFAULT.parallelism(), BatchLimits.MOST_PARALLEL),
            parameters.number("per_host", BatchLimits.DEFAULT.perHost(), BatchLimits.MOST_PARALLEL),
            parameters.number("stop_after", BatchLimits.DEFAULT.stopAfter(), Batches.MOST_ROWS));
    String given = parameters.given("format");
    Optional<FileFormat> format =
        given == null
            ? Optional.ofNullable(contentType).flatMap(FileFormat::ofMediaType)
            : FileFormat.of(given);
    if (format.isEmpty()) {
      parameters.violate(
          "format",
          "is one of "
              + Arrays.stream(FileFormat.values())
                  .map(FileFormat::wireName)
                  .collect(Collectors.joining(", "))
              + ", unless the Content-Type says it");
    }
    parameters.check();
    return new OfFile(
        new BatchOptions(
            name == null ? "" : Texts.canonical(name),
            !Boolean.FALSE.equals(dryRun),
            Boolean.TRUE.equals(onlyValid),
            limits),
        format.orElseThrow());
  }

  static boolean validName(String name) {
    String canonical = Texts.canonical(name);
    return Texts.length(canonical) <= LONGEST_NAME && Texts.printable(canonical);
  }
}
