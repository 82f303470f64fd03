package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import java.util.Objects;

/**
 * Connections that can stand for each other: to the same target, with the same login. A connection
 * whose target or credentials were changed has another key, and the old ones go unused.
 *
 * @param readOnly of a file, which is opened for the one or the other; false of a server
 */
record TargetKey(Target target, Credentials credentials, boolean readOnly) {
  static TargetKey of(Target target, Credentials credentials, boolean readOnly) {
    return new TargetKey(target, credentials, readOnly && !target.type().networked());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TargetKey key
        && key.target.equals(target)
        && key.readOnly == readOnly
        && key.credentials.username().equals(credentials.username())
        && key.credentials.password().equals(credentials.password());
  }

  @Override
  public int hashCode() {
    return Objects.hash(target, credentials.username(), readOnly);
  }
}
