package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of agents' tokens in whichever database they are kept. */
abstract class AgentTokensRules {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00.123Z");

  /** Patient with a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Scope scope = new Scope("tenant-" + UUID.randomUUID(), "space");
  private Journal journal;
  private AgentTokens tokens;

  /** Of a database that is empty before each test. */
  abstract String url();

  String username() {
    return "";
  }

  @BeforeEach
  void openJournal() {
    journal = Journal.open(url(), username(), "", PATIENCE);
    journal.migrate();
    tokens = journal.tokens();
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  @Test
  void whatIsIssuedIsFoundAsItWas() {
    AgentToken narrow = token("ada", NOON, List.of("one", "two"));
    AgentToken wide = token("Käthe 🐘' OR 1=1 --", NOON.plusMillis(1), null);

    assertThat(tokens.create(narrow)).isTrue();
    assertThat(tokens.create(wide)).isTrue();

    assertThat(tokens.find(narrow.id())).contains(narrow);
    assertThat(tokens.find(wide.id())).contains(wide);
    assertThat(tokens.find("another")).isEmpty();
  }

  @Test
  void everybodyHasTheirOwnAndTheSpaceHasAll() {
    AgentToken first = token("ada", NOON, null);
    AgentToken second = token("ada", NOON.plusMillis(1), null);
    AgentToken others = token("bob", NOON.plusMillis(2), null);
    List.of(first, second, others).forEach(tokens::create);

    assertThat(tokens.list(scope, "ada", 1, 10)).isEqualTo(page(2, second, first));
    assertThat(tokens.list(scope, null, 1, 2)).isEqualTo(page(3, others, second));
    assertThat(tokens.list(scope, null, 2, 2)).isEqualTo(page(3, first));
    assertThat(tokens.list(new Scope(scope.tenantId(), "other"), null, 1, 10).total()).isZero();
    assertThat(tokens.list(new Scope("other", "space"), null, 1, 10).total()).isZero();
  }

  @Test
  void whatIsRevokedIsGone() {
    AgentToken token = token("ada", NOON, null);
    tokens.create(token);

    assertThat(tokens.revoke(scope, token.id(), "bob")).isFalse();
    assertThat(tokens.revoke(new Scope(scope.tenantId(), "other"), token.id(), null)).isFalse();
    assertThat(tokens.find(token.id())).isPresent();
    assertThat(tokens.revoke(scope, token.id(), "ada")).isTrue();
    assertThat(tokens.find(token.id())).isEmpty();
    assertThat(tokens.revoke(scope, token.id(), null)).isFalse();
  }

  @Test
  void nobodyHasMoreThanTheyMay() {
    for (int i = 0; i < AgentTokens.MOST; i++) {
      assertThat(tokens.create(token("ada", NOON, null))).isTrue();
    }

    assertThat(tokens.create(token("ada", NOON, null))).isFalse();
    assertThat(tokens.create(token("bob", NOON, null))).isTrue();
    // Those of before do not hold any more.
    assertThat(tokens.create(token("ada", NOON.plus(Duration.ofDays(2)), null))).isTrue();
  }

  @Test
  void whatDoesNotHoldForLongIsForgotten() {
    AgentToken old = token("ada", NOON, null);
    tokens.create(old);

    tokens.create(token("bob", NOON.plus(Duration.ofDays(20)), null));
    assertThat(tokens.find(old.id())).isPresent();
    tokens.create(token("bob", NOON.plus(Duration.ofDays(40)), null));
    assertThat(tokens.find(old.id())).isEmpty();
  }

  private AgentToken token(String subject, Instant createdAt, @Nullable List<String> databases) {
    return new AgentToken(
        UUID.randomUUID().toString(),
        "0".repeat(64),
        scope,
        subject,
        "analyst",
        "nightly",
        AccessLevel.QUERY,
        databases,
        createdAt,
        createdAt.plus(Duration.ofDays(1)));
  }

  private static AgentTokenPage page(long total, AgentToken... tokens) {
    return new AgentTokenPage(List.of(tokens), total);
  }
}
