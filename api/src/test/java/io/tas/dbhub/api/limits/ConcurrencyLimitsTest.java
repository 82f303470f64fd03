package io.tas.dbhub.api.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.limits.ConcurrencyLimits.Permit;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitsTest {
  private static final Scope SCOPE = new Scope("acme", "main");

  private final ConcurrencyLimits limits = new ConcurrencyLimits(4, 2, 3);

  @Test
  void aUserHasSoManyAtOnceInAllSpacesOfTheirTenant() {
    Permit first = limits.enter(SCOPE, "ada", "one");
    limits.enter(new Scope("acme", "other"), "ada", "two");

    refused("You have", SCOPE, "ada", "three");
    limits.enter(new Scope("other", "main"), "ada", "three").close();

    first.close();
    limits.enter(SCOPE, "ada", "three");
  }

  @Test
  void aDatabaseHasSoManyAtOnceWhoeverAsks() {
    limits.enter(SCOPE, "ada", "one");
    limits.enter(SCOPE, "eve", "one");
    Permit third = limits.enter(SCOPE, "joe", "one");

    refused("on this database", SCOPE, "sue", "one");

    third.close();
    limits.enter(SCOPE, "sue", "one");
  }

  @Test
  void allTogetherAreSoManyAtOnce() {
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      permits.add(limits.enter(SCOPE, "user " + i, "database " + i));
    }

    refused("As many queries are running as may", SCOPE, "ada", "one");

    permits.forEach(Permit::close);
    limits.enter(SCOPE, "ada", "one");
  }

  @Test
  void aPermitIsGivenBackOnce() {
    Permit first = limits.enter(SCOPE, "ada", "one");
    limits.enter(SCOPE, "ada", "one");
    first.close();
    first.close();
    first.close();

    limits.enter(SCOPE, "ada", "one");
    refused("You have", SCOPE, "ada", "one");
  }

  @Test
  void nothingIsLeftOfWhatEndedOrWasRefused() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String user = "user " + i % 7;
      String database = "database " + i % 5;
      calls.add(
          () -> {
            try (Permit permit = limits.enter(SCOPE, user, database)) {
              assertThat(permit).isNotNull();
              int running = atOnce.incrementAndGet();
              atOnce.decrementAndGet();
              return running <= 4;
            } catch (ProblemException tooMany) {
              return true;
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (Future<Boolean> held : threads.invokeAll(calls)) {
        assertThat(held.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(limits.running()).isZero();
    assertThat(limits.remembered()).isZero();
  }

  private void refused(String reason, Scope scope, String subject, String database) {
    assertThatThrownBy(() -> limits.enter(scope, subject, database))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(FailureType.TOO_MANY_REQUESTS);
              assertThat(problem.detail()).contains(reason);
              assertThat(problem.suggestion()).isNotEmpty();
              assertThat(problem.retryAfter()).isPositive();
            });
  }
}
