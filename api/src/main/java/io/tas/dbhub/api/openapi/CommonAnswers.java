package io.tas.dbhub.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.tas.dbhub.api.auth.BearerFilter;
import io.tas.dbhub.api.errors.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds to every operation what it need not say itself: the space's header and the problems. */
final class CommonAnswers {
  private static final String SPACE = "Space";

  /** By status: the component's name, a failure type for the example, and what it means. */
  private record Answer(String name, String code, String meaning) {}

  private static final Map<String, Answer> ANSWERS = answers();

  private final OpenAPI api;

  CommonAnswers(OpenAPI api) {
    this.api = api;
  }

  void add() {
    api.getComponents()
        .addParameters(
            SPACE,
            new Parameter()
                .in("header")
                .name(BearerFilter.SPACE_HEADER)
                .description("One of the token's spaces; not needed when it has only one")
                .schema(new StringSchema()));
    ANSWERS.forEach(
        (status, answer) ->
            api.getComponents().addResponses(answer.name(), response(status, answer)));
    api.getPaths().forEach(this::complete);
  }

  private void complete(String path, PathItem item) {
    item.readOperationsMap()
        .forEach(
            (method, operation) -> {
              operation.addParametersItem(new Parameter().$ref("#/components/parameters/" + SPACE));
              statuses(path, method, operation)
                  .forEach(
                      status ->
                          operation
                              .getResponses()
                              .addApiResponse(
                                  status,
                                  new ApiResponse()
                                      .$ref("#/components/responses/" + answer(status).name())));
            });
  }

  private static List<String> statuses(
      String path, PathItem.HttpMethod method, Operation operation) {
    List<String> statuses = new ArrayList<>();
    boolean body = operation.getRequestBody() != null;
    if (body || operation.getParameters().stream().anyMatch(p -> "query".equals(p.getIn()))) {
      statuses.add("400");
    }
    statuses.addAll(List.of("401", "403"));
    if (path.contains("{") || path.endsWith("/query")) {
      statuses.add("404");
    }
    boolean changes = path.matches("/databases/\\{id}/(credentials|repair)");
    boolean history = path.matches("/(queries|saved-queries|settings)(/.*)?");
    boolean put = method == PathItem.HttpMethod.PUT && !history;
    if ((path.equals("/databases") && body)
        || (method == PathItem.HttpMethod.DELETE && !history)
        || put
        || (path.matches("/saved-queries.*|/schedules") && body)
        || changes
        || path.matches("/operations/\\{id}/(decision|cancel)|/databases/\\{id}/test")
        || path.matches("/batches/\\{id}/(run|retry|pause|resume|cancel)")) {
      statuses.add("409");
    }
    if (put) {
      statuses.add("412");
    }
    if (body) {
      statuses.addAll(List.of("413", "415"));
    }
    if ((put && !path.endsWith("/grants") && !path.startsWith("/schedules")) || changes) {
      statuses.add("422");
    }
    if (path.endsWith("/query")) {
      statuses.addAll(List.of("422", "429", "502"));
    }
    if (path.matches("/batches/(import|rotate|\\{id}/(run|retry|events))")
        || (path.equals("/batches") && body)) {
      statuses.add("429");
    }
    statuses.add("503");
    if (path.endsWith("/query") || path.endsWith("/test")) {
      statuses.add("504");
    }
    return statuses;
  }

  private static ApiResponse response(String status, Answer answer) {
    Map<String, Object> example = new LinkedHashMap<>();
    example.put("type", "urn:dbhub:problem:" + answer.code());
    example.put("status", Integer.parseInt(status));
    example.put("code", answer.code());
    example.put("detail", answer.meaning());
    example.put("instance", "/api/v1/databases");
    example.put("request_id", "4d0b9a52-6a0e-4b0c-9a0e-2f5f4a3d2c1b");
    if (status.equals("400")) {
      Map<String, Object> violation = new LinkedHashMap<>();
      violation.put("field", "port");
      violation.put("message", "is a number from 1 to 65535");
      example.put("errors", List.of(violation));
    }
    ApiResponse response =
        new ApiResponse()
            .description(answer.meaning())
            .content(
                new Content()
                    .addMediaType(
                        Problem.MEDIA_TYPE,
                        new MediaType()
                            .schema(new Schema<>().$ref("#/components/schemas/Problem"))
                            .example(example)));
    if (status.equals("429") || status.equals("503")) {
      response.addHeaderObject(
          "Retry-After", new Header().description("Seconds").schema(new StringSchema()));
    }
    return response;
  }

  private static Answer answer(String status) {
    Answer answer = ANSWERS.get(status);
    if (answer == null) {
      throw new IllegalArgumentException("no answer is described for " + status);
    }
    return answer;
  }

  private static Map<String, Answer> answers() {
    Map<String, Answer> answers = new LinkedHashMap<>();
    answers.put(
        "400", new Answer("Invalid", "Invalid", "The request breaks the rules of its fields."));
    answers.put(
        "401", new Answer("Unauthenticated", "Unauthenticated", "No bearer token, or a bad one."));
    answers.put(
        "403",
        new Answer(
            "Forbidden",
            "Forbidden",
            "No tenant, not this space, not the role, or too low a level on the database."));
    answers.put("404", new Answer("NotFound", "NotFound", "There is none in the caller's space."));
    answers.put(
        "409",
        new Answer(
            "Conflict",
            "NameTaken",
            "The name is taken, another operation runs, the key was used otherwise, or it makes no"
                + " sense now."));
    answers.put(
        "412",
        new Answer(
            "RevisionChanged", "RevisionChanged", "It was changed since the ETag was answered."));
    answers.put("413", new Answer("TooLarge", "TooLarge", "The body is larger than it may be."));
    answers.put(
        "415",
        new Answer(
            "UnsupportedMediaType", "UnsupportedMediaType", "The body is not application/json."));
    answers.put(
        "422",
        new Answer(
            "SqlRefused",
            "SqlRefused",
            "The database refused the statement, or the connection as it was to become."));
    answers.put(
        "429",
        new Answer(
            "TooManyRequests",
            "TooManyRequests",
            "As much is running as may at once, or was asked within the hour."));
    answers.put(
        "502", new Answer("TargetFailed", "TargetFailed", "The database could not be reached."));
    answers.put(
        "503",
        new Answer(
            "Unavailable",
            "TemporalUnavailable",
            "Something of ours is down; the code says what."));
    answers.put("504", new Answer("Timeout", "Timeout", "It did not end in time."));
    return answers;
  }
}
