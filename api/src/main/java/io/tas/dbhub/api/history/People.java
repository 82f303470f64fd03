package io.tas.dbhub.api.history;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;

/** What people have asked and saved is theirs: a token they gave an agent does not reach it. */
final class People {
  private People() {}

  /**
   * @throws ProblemException Forbidden for an agent's token
   */
  static Caller only(Caller caller) {
    if (caller.token().isPresent()) {
      throw new ProblemException(
              FailureType.FORBIDDEN,
              "An agent's token reaches neither the history of queries nor saved ones.")
          .withSuggestion("Use a token of your own.");
    }
    return caller;
  }
}
