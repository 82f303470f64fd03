package io.tas.dbhub.activities.kubernetes;

import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseSpec;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;

/** Between the spec of a Database resource and the model's target. */
public final class Targets {
  private Targets() {}

  /** Where the resource leads. */
  public static Target of(DatabaseResource resource) {
    DatabaseSpec spec = resource.getSpec();
    String host = spec.host();
    Integer port = spec.port();
    // A manifest for sqlite had to name a host and a port once; they never meant anything.
    boolean networked = spec.type().networked();
    return new Target(
        spec.type(),
        networked && host != null ? host : "",
        networked && port != null ? port : spec.type().defaultPort(),
        spec.database(),
        networked ? spec.sslMode() : SslMode.DISABLE,
        spec.connectionTimeout(),
        spec.queryTimeout());
  }

  /** Where it leads, for people: no credentials, and no text that reads as more than it is. */
  public static String dsn(Target target) {
    if (!target.type().networked()) {
      return target.type().wireName() + ":" + target.database();
    }
    String host = target.host().contains(":") ? "[" + target.host() + "]" : target.host();
    return target.type().wireName() + "://" + host + ":" + target.port() + "/" + target.database();
  }
}
