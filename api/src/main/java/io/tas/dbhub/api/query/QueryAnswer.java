package io.tas.dbhub.api.query;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of an answer, for the description of the API; {@link AnswerBuffer} writes it.
 *
 * @param queryId by which it is found in the history
 * @param columns names in the statement's order; of equal names the later ones are numbered
 * @param columnTypes the database's names of the columns' types
 * @param rows values by column name, in the columns' order
 * @param rowCount of the rows, or of those a write touched
 * @param truncated whether there were more rows than are answered
 * @param truncatedBy why: rows or bytes
 * @param durationMs of the whole query in milliseconds
 * @param results of each statement where there are several; above is the last one's
 */
@Schema(
    description =
        "Integers beyond 2^53 and all decimals are strings, dates and times are ISO 8601 in UTC,"
            + " binary values base64; JSON and arrays are themselves.")
public record QueryAnswer(
    String queryId,
    List<String> columns,
    List<String> columnTypes,
    List<Map<String, Object>> rows,
    long rowCount,
    boolean truncated,
    @Schema(allowableValues = {"rows", "bytes"}) @Nullable String truncatedBy,
    long durationMs,
    @Nullable List<Result> results) {
  /** Of one statement. */
  public record Result(
      List<String> columns,
      List<String> columnTypes,
      List<Map<String, Object>> rows,
      long rowCount,
      boolean truncated,
      @Schema(allowableValues = {"rows", "bytes"}) @Nullable String truncatedBy) {}
}
