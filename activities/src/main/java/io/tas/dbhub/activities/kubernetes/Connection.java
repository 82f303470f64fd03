package io.tas.dbhub.activities.kubernetes;

import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import org.jspecify.annotations.Nullable;

/** What a Database resource and its Secret say. */
public sealed interface Connection {
  /**
   * @param credentials empty texts for sqlite, which has no login
   * @param generation of the resource
   * @param digest of what the resource says, see {@link DefinitionReader#digest}; null for one made
   *     by hand
   */
  record Found(Target target, Credentials credentials, long generation, @Nullable String digest)
      implements Connection {}

  /** The resource says that the connection is not in use: there is nothing to probe. */
  record SetAside(long generation, @Nullable String digest) implements Connection {}

  /** The resource does not exist, or is being deleted. */
  record Gone() implements Connection {}

  /**
   * The resource is there, but a connection cannot be made of it: its Secret or a key is missing,
   * or the Secret does not allow the namespace.
   *
   * @param error of the kind configuration
   */
  record Unusable(ConnectionError error, long generation, @Nullable String digest)
      implements Connection {}
}
