package io.tas.dbhub.api.auth;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.journal.AgentToken;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Verifies agents' tokens with what the journal holds of them. What was read is believed for {@link
 * #BELIEVED}: that long after it was revoked at another API, and no longer, a token may still be
 * let in here. Thread-safe.
 */
public final class AgentTokenVerifier {
  /** Counted from when the reading began. */
  public static final Duration BELIEVED = Duration.ofSeconds(5);

  /** From so many on those that are not fresh any more are let go of. */
  private static final int MANY = 1_000;

  private record Read(Optional<AgentToken> token, long begunNanos) {}

  private final Function<String, Optional<AgentToken>> tokens;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  /**
   * @param tokens finds one by its id
   */
  public AgentTokenVerifier(Function<String, Optional<AgentToken>> tokens, Clock clock) {
    this(tokens, clock, System::nanoTime);
  }

  AgentTokenVerifier(
      Function<String, Optional<AgentToken>> tokens, Clock clock, LongSupplier nanos) {
    this.tokens = tokens;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * @throws ProblemException Unauthenticated
   * @throws io.tas.dbhub.storage.journal.JournalUnavailableException when it cannot be known
   */
  AgentToken verify(String sent) {
    AgentTokenText text = AgentTokenText.parse(sent).orElseThrow(AgentTokenVerifier::refused);
    return find(text.id())
        .filter(token -> text.hasHash(token.secretHash()))
        .filter(token -> clock.instant().isBefore(token.expiresAt()))
        .orElseThrow(AgentTokenVerifier::refused);
  }

  /** It was taken away here: from now on it is not let in, whatever is just being read. */
  public void revoked(String id) {
    remember(id, new Read(Optional.empty(), nanos.getAsLong()));
  }

  private Optional<AgentToken> find(String id) {
    long now = nanos.getAsLong();
    Read known = read.get(id);
    if (known != null && fresh(known, now)) {
      return known.token();
    }
    Read fresh = new Read(tokens.apply(id), now);
    // What there is not is read each time: whoever tries ids fills nothing here.
    return fresh.token().isEmpty() ? fresh.token() : remember(id, fresh).token();
  }

  /** Of two that were read at once the one that was begun later counts. */
  private Read remember(String id, Read fresh) {
    if (read.size() >= MANY) {
      long now = nanos.getAsLong();
      read.values().removeIf(known -> !fresh(known, now));
    }
    return read.merge(
        id, fresh, (known, other) -> known.begunNanos() - other.begunNanos() > 0 ? known : other);
  }

  private static boolean fresh(Read known, long now) {
    return now - known.begunNanos() < BELIEVED.toNanos();
  }

  private static ProblemException refused() {
    return new ProblemException(
        FailureType.UNAUTHENTICATED, "The agent's token is not valid, or not any more.");
  }
}
