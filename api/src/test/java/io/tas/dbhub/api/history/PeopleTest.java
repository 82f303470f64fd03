package io.tas.dbhub.api.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.auth.TokenScope;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeopleTest {
  private static final Scope SCOPE = new Scope("acme", "main");

  @Test
  void anAgentsTokenDoesNotReachWhatItsIssuerAsked() {
    Caller person = new Caller("ada", SCOPE, Optional.of(Role.OPERATOR), "127.0.0.1");
    Caller agent =
        new Caller(
            "ada",
            SCOPE,
            Optional.of(Role.ANALYST),
            "127.0.0.1",
            Optional.of(new TokenScope("id", "agent", Role.OPERATOR, AccessLevel.QUERY, null)));

    assertThat(People.only(person)).isEqualTo(person);
    assertThatThrownBy(() -> People.only(agent))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(FailureType.FORBIDDEN));
  }
}
