package io.tas.dbhub.core.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tas.dbhub.core.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Whose query it is.
 *
 * @param subject of the token
 * @param token the id of the agent's token it was asked with; null for the subject's own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Asker(Scope scope, String subject, @Nullable String token) {
  /** One who asks for themselves. */
  public Asker(Scope scope, String subject) {
    this(scope, subject, null);
  }

  /** One's own queries and those of one's agents; an agent those of its token only. */
  public boolean mayEnd(Asker other) {
    return scope.equals(other.scope)
        && subject.equals(other.subject)
        && (token == null || token.equals(other.token));
  }
}
