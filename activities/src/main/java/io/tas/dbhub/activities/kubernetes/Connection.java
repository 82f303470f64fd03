package io.tas.dbhub.activities.kubernetes;

import io.tas.dbhub.core.adoption.Claim;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import org.jspecify.annotations.Nullable;

/** What a Database resource and its Secret say. */
public sealed interface Connection {
  /** What the resource says beside; null where there is none. */
  @Nullable Said said();

  /**
   * @param credentials empty texts for sqlite, which has no login
   * @param said what it says beside
   */
  record Found(Target target, Credentials credentials, Said said) implements Connection {
    public Found(Target target, Credentials credentials, long generation, @Nullable String digest) {
      this(target, credentials, new Said(generation, "", digest, null));
    }
  }

  /** The resource says that the connection is not in use: there is nothing to probe. */
  record SetAside(Said said) implements Connection {
    public SetAside(long generation, @Nullable String digest) {
      this(new Said(generation, "", digest, null));
    }
  }

  /** The resource does not exist, or is being deleted. */
  record Gone() implements Connection {
    @Override
    public @Nullable Said said() {
      return null;
    }
  }

  /**
   * The resource is there, but a connection cannot be made of it: its Secret or a key is missing,
   * or the Secret does not allow the namespace.
   *
   * @param error of the kind configuration
   */
  record Unusable(ConnectionError error, Said said) implements Connection {
    public Unusable(ConnectionError error, long generation, @Nullable String digest) {
      this(error, new Said(generation, "", digest, null));
    }
  }

  /**
   * What every resource says that is there.
   *
   * @param generation of the resource
   * @param uid of the resource; empty where nobody looks for one
   * @param digest of what the resource says, see {@link DefinitionReader#digest}; null for one made
   *     by hand
   * @param claim of one made by hand that asks for a place in the inventory; null otherwise
   * @param readOnly whether nothing is to be written through the connection
   */
  record Said(
      long generation,
      String uid,
      @Nullable String digest,
      @Nullable Claim claim,
      boolean readOnly) {
    /** Of a connection that may write, or that nobody asks it of. */
    public Said(long generation, String uid, @Nullable String digest, @Nullable Claim claim) {
      this(generation, uid, digest, claim, false);
    }
  }
}
