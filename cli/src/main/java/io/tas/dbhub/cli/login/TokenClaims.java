package io.tas.dbhub.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What a token says of itself. Nothing is verified: that is the server's part. */
record TokenClaims(
    String kind,
    String subject,
    String tenant,
    List<String> spaces,
    List<String> roles,
    Optional<Instant> expires) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Beyond the year 9999 it is no time that anybody meant. */
  private static final long END_OF_TIME = 253_402_300_800L;

  /** Of any text; where it is no JSON web token nothing is known. */
  static TokenClaims of(String token) {
    JsonNode claims = claims(token);
    return new TokenClaims(
        claims.isObject() ? "of a person" : "says nothing of itself, as those of agents",
        claims.path("sub").asText(),
        claims.path("tenant_id").asText(),
        texts(claims.path("spaces")),
        texts(claims.path("roles")),
        claims.path("exp").asLong() > 0 && claims.path("exp").asLong() < END_OF_TIME
            ? Optional.of(Instant.ofEpochSecond(claims.path("exp").asLong()))
            : Optional.empty());
  }

  private static JsonNode claims(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    } catch (IllegalArgumentException | IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
