package io.tas.dbhub.api.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Texts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token that is wanted, as far as it can be judged by itself. */
record NewToken(
    String name, AccessLevel level, @Nullable List<String> databases, Instant expiresAt) {
  static final int MOST_DATABASES = 100;
  private static final int LONGEST_NAME = 255;
  private static final Duration UNLESS_SAID = Duration.ofDays(30);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  /** Only the description of it for the OpenAPI document. */
  @Schema(name = "NewToken")
  record Body(
      @Schema(example = "nightly report", maxLength = LONGEST_NAME) String name,
      @Schema(
              implementation = String.class,
              allowableValues = {"view", "query", "write"},
              description = "How far it goes on any database; never farther than who issues it")
          String level,
      @ArraySchema(
              maxItems = MOST_DATABASES,
              arraySchema =
                  @Schema(description = "Their ids; without it all that who issues it sees, then"),
              schema = @Schema(type = "string"))
          @Nullable List<String> databases,
      @Schema(
              description = "Seconds until it does not hold any more, at most 90 days",
              minimum = "60",
              maximum = "7776000",
              defaultValue = "2592000")
          @Nullable Integer expiresIn,
      @Schema(description = "Instead of expires_in") @Nullable Instant expiresAt) {}

  /**
   * @throws ProblemException Invalid, with everything that is wrong
   */
  static NewToken read(ObjectNode body, Instant now) {
    Fields fields = new Fields(body);
    String name = fields.text("name");
    if (name == null) {
      fields.require("name");
    } else if (name.isBlank() || Texts.length(name) > LONGEST_NAME || !Texts.printable(name)) {
      fields.violate("name", "has 1 to " + LONGEST_NAME + " characters that can be seen");
    }
    AccessLevel level = level(fields);
    List<String> databases = body.hasNonNull("databases") ? databases(fields) : null;
    Instant expiresAt = expiresAt(fields, now);
    if (name == null || level == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    return new NewToken(name.strip(), level, databases, expiresAt);
  }

  private static @Nullable AccessLevel level(Fields fields) {
    String name = fields.text("level");
    if (name == null) {
      fields.require("level");
      return null;
    }
    AccessLevel level =
        AccessLevel.fromWireName(name).filter(known -> known != AccessLevel.MANAGE).orElse(null);
    if (level == null) {
      fields.violate("level", "is view, query or write: no agent manages databases");
    }
    return level;
  }

  private static List<String> databases(Fields fields) {
    List<String> ids = new ArrayList<>();
    List<JsonNode> sent = fields.array("databases");
    if (sent.isEmpty() || sent.size() > MOST_DATABASES) {
      fields.violate("databases", "are 1 to " + MOST_DATABASES + "; leave it out for all");
      return ids;
    }
    for (int i = 0; i < sent.size(); i++) {
      String id = sent.get(i).textValue();
      if (id == null || !Uuids.valid(id)) {
        fields.violate("databases[" + i + "]", "is a database's id");
      } else if (ids.contains(id)) {
        fields.violate("databases[" + i + "]", "is there already");
      } else {
        ids.add(id);
      }
    }
    return ids;
  }

  private static Instant expiresAt(Fields fields, Instant now) {
    Integer seconds = fields.integer("expires_in");
    String time = fields.text("expires_at");
    if (seconds != null && time != null) {
      fields.violate("expires_at", "is instead of expires_in");
    }
    Instant wanted = now.plus(UNLESS_SAID);
    if (seconds != null) {
      wanted = now.plusSeconds(seconds);
    } else if (time != null) {
      try {
        wanted = OffsetDateTime.parse(time).toInstant();
      } catch (DateTimeException e) {
        fields.violate("expires_at", "is a time such as 2026-01-31T08:00:00Z");
      }
    }
    if (wanted.isBefore(now.plus(SHORTEST)) || wanted.isAfter(now.plus(LONGEST))) {
      fields.violate(
          seconds == null ? "expires_at" : "expires_in", "is from one minute to 90 days ahead");
    }
    return wanted;
  }
}
