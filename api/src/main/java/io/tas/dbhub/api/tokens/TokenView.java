package io.tas.dbhub.api.tokens;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.storage.journal.AgentToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent's token as REST shows it: never the token itself, but in the answer to who issues it.
 *
 * @param issuedBy whom it acts for
 * @param databases not there for all that its issuer sees
 * @param token the token itself; only in the answer that issues it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Token")
public record TokenView(
    String id,
    @Schema(example = "nightly report") String name,
    String issuedBy,
    @Schema(
            implementation = String.class,
            allowableValues = {"view", "query", "write"})
        AccessLevel level,
    @Nullable List<String> databases,
    Instant createdAt,
    Instant expiresAt,
    @Schema(description = "Shown this once: nobody can show it again") @Nullable String token) {
  static TokenView of(AgentToken token) {
    return of(token, null);
  }

  static TokenView of(AgentToken token, @Nullable String itself) {
    return new TokenView(
        token.id(),
        token.name(),
        token.subject(),
        token.level(),
        token.databases(),
        token.createdAt(),
        token.expiresAt(),
        itself);
  }

  /** A record would show the token. */
  @Override
  public String toString() {
    return "token " + id;
  }
}
