package io.tas.dbhub.api.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.model.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem document.
 *
 * @param code the failure type: what a program decides by
 * @param errors every rule that the request breaks
 * @param operation where the operation that stands in the way is found
 * @param query what there is to say of a query that failed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Problem", description = "RFC 9457 problem document")
public record Problem(
    @Schema(example = "urn:dbhub:problem:NameTaken") String type,
    @Schema(example = "Name taken") String title,
    @Schema(example = "409") int status,
    @Schema(example = "Another database of this space has the name.") String detail,
    @Schema(example = "/api/v1/databases") String instance,
    @Schema(example = "NameTaken") String code,
    String requestId,
    List<Violation> errors,
    @Nullable String suggestion,
    @Nullable String operation,
    @Nullable QueryFault query) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = List.copyOf(errors);
  }

  static Problem of(ProblemException e, String path, String requestId) {
    String operation = e.operation();
    return new Problem(
        urn(e.type().wireName()),
        title(e.type().wireName()),
        e.type().httpStatus(),
        e.detail(),
        path,
        e.type().wireName(),
        requestId,
        e.violations(),
        e.suggestion(),
        operation == null ? null : "/api/v1/operations/" + operation,
        e.query());
  }

  /** For what the frame itself refuses: an unknown route, a method, a media type. */
  static Problem of(int status, String code, String detail, String path, String requestId) {
    return new Problem(
        urn(code), title(code), status, detail, path, code, requestId, List.of(), null, null, null);
  }

  private static String urn(String code) {
    return "urn:dbhub:problem:" + code;
  }

  /** {@code NameTaken} reads "Name taken". */
  private static String title(String code) {
    StringBuilder words = new StringBuilder();
    code.chars()
        .forEach(
            c -> {
              if (Character.isUpperCase(c) && words.length() > 0) {
                words.append(' ').append((char) Character.toLowerCase(c));
              } else {
                words.append((char) c);
              }
            });
    return words.toString();
  }
}
