package io.tas.dbhub.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.AgentToken;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AgentTokenVerifierTest {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

  private final Map<String, AgentToken> journal = new HashMap<>();
  private final AgentTokenText text = AgentTokenText.random(new SecureRandom());
  private int reads;
  private boolean down;
  private long nanos = Long.MAX_VALUE - 1;
  private Runnable duringRead = () -> {};
  private final AgentTokenVerifier verifier =
      new AgentTokenVerifier(this::read, Clock.fixed(NOON, ZoneOffset.UTC), () -> nanos);

  AgentTokenVerifierTest() {
    put(NOON.plusSeconds(60));
  }

  @Test
  void whoHasTheSecretIsLetIn() {
    assertThat(verifier.verify(text.reveal()).subject()).isEqualTo("ada");
  }

  @Test
  void everyTokenIsAnother() {
    AgentTokenText other = AgentTokenText.random(new SecureRandom());

    assertThat(other.reveal()).isNotEqualTo(text.reveal()).matches("dbh_[0-9a-f]{32}_[\\w-]{43}");
    assertThat(AgentTokenText.parse(other.reveal()).orElseThrow().hash()).isEqualTo(other.hash());
    assertThat(other.toString()).doesNotContain(other.reveal().substring(37));
  }

  @Test
  void whateverIsNotTheTokenIsRefused() {
    String right = text.reveal();
    String otherSecret =
        right.substring(0, 37) + AgentTokenText.random(new SecureRandom()).reveal().substring(37);
    refused(otherSecret);
    refused(AgentTokenText.random(new SecureRandom()).reveal());
    refused(right + "A");
    refused(right.substring(0, right.length() - 1));
    refused(right.toUpperCase(Locale.ROOT));
    refused("dbh_");
    refused("dbh_" + text.id() + "_" + right.substring(37));
    refused(right.substring(0, 37) + text.hash().substring(0, 43));
  }

  @Test
  void whatHasExpiredIsRefused() {
    put(NOON);

    refused(text.reveal());
  }

  @Test
  void whatWasReadIsBelievedForAFewSecondsAndNoLonger() {
    verifier.verify(text.reveal());
    journal.clear();
    nanos += AgentTokenVerifier.BELIEVED.toNanos() - 1;
    verifier.verify(text.reveal());
    assertThat(reads).isEqualTo(1);

    nanos++;
    refused(text.reveal());
  }

  @Test
  void whatIsRevokedHereIsRefusedAtOnce() {
    verifier.verify(text.reveal());
    journal.clear();
    verifier.revoked(text.id());

    refused(text.reveal());
  }

  @Test
  void whatIsReadWhileItIsRevokedIsNotBelieved() {
    duringRead =
        () -> {
          nanos++;
          verifier.revoked(text.id());
        };

    refused(text.reveal());
    refused(text.reveal());
  }

  @Test
  void aJournalThatIsDownRefusesNobodyForGood() {
    down = true;

    assertThatThrownBy(() -> verifier.verify(text.reveal()))
        .isInstanceOf(JournalUnavailableException.class);
    down = false;
    verifier.verify(text.reveal());
  }

  @Test
  void whatIsUnknownIsReadEachTimeAndKeptNowhere() {
    String unknown = AgentTokenText.random(new SecureRandom()).reveal();

    refused(unknown);
    refused(unknown);
    assertThat(reads).isEqualTo(2);
  }

  private Optional<AgentToken> read(String id) {
    reads++;
    if (down) {
      throw new JournalUnavailableException(new IllegalStateException("down"));
    }
    Optional<AgentToken> found = Optional.ofNullable(journal.get(id));
    duringRead.run();
    return found;
  }

  private void put(Instant expiresAt) {
    journal.put(
        text.id(),
        new AgentToken(
            text.id(),
            text.hash(),
            new Scope("t", "s"),
            "ada",
            "analyst",
            "nightly",
            AccessLevel.QUERY,
            null,
            NOON.minusSeconds(60),
            expiresAt));
  }

  private void refused(String token) {
    assertThatThrownBy(() -> verifier.verify(token))
        .as(token)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(FailureType.UNAUTHENTICATED));
  }
}
