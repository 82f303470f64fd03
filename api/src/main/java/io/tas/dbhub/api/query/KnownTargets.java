package io.tas.dbhub.api.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.inventory.QueryTarget;
import java.time.Duration;
import java.util.Optional;

/**
 * Believes for a second what the inventory said of a database that is served, so that a burst of
 * queries asks it once. What is changed through this API is read anew. Thread-safe.
 */
public final class KnownTargets implements QueryTargets {
  /** Who loses a grant through another API may begin queries at this one for so long. */
  public static final Duration BELIEVED = Duration.ofSeconds(1);

  private static final int MOST = 10_000;

  private record Key(Scope scope, String id) {}

  private final QueryTargets inventory;
  private final Cache<Key, Optional<QueryTarget>> known;

  public KnownTargets(QueryTargets inventory) {
    this(inventory, Ticker.systemTicker());
  }

  KnownTargets(QueryTargets inventory, Ticker ticker) {
    this.inventory = inventory;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfter(
                Expiry.<Key, Optional<QueryTarget>>creating((key, found) -> believed(found)))
            .ticker(ticker)
            .build();
  }

  /** What is not there, or not served yet, may be in a moment. */
  private static Duration believed(Optional<QueryTarget> found) {
    return found.flatMap(QueryTarget::endpoint).isPresent() ? BELIEVED : Duration.ZERO;
  }

  @Override
  public Optional<QueryTarget> find(Scope scope, String id) {
    return known.get(new Key(scope, id), key -> inventory.find(key.scope(), key.id()));
  }

  /** Waits for whoever is just reading it: what they found is forgotten as well. */
  void forget(Scope scope, String id) {
    known.invalidate(new Key(scope, id));
  }
}
