package io.tas.dbhub.activities.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.schedule.QueryParameter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The values that a run binds. */
final class BoundParameters {
  /** Always as long, so that texts of it are in the order of time. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private BoundParameters() {}

  /**
   * @param lastSuccess when the last run began that succeeded; empty before the first
   */
  static List<JsonNode> of(List<QueryParameter> parameters, Optional<Instant> lastSuccess) {
    return parameters.stream().map(parameter -> value(parameter, lastSuccess)).toList();
  }

  private static JsonNode value(QueryParameter parameter, Optional<Instant> lastSuccess) {
    if (parameter.lastSuccess() && lastSuccess.isPresent()) {
      return TextNode.valueOf(MOMENT.format(lastSuccess.get()));
    }
    try {
      return EXACT.readTree(parameter.json());
    } catch (JsonProcessingException e) {
      throw Failures.of(FailureType.INVALID, "a parameter of the schedule is no JSON");
    }
  }
}
