package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.sealing.UnsealableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connections that work and that nobody changed need not be read from Kubernetes for every probe:
 * with a thousand of them, that is all that an operator at rest would do. Credentials are kept
 * sealed. Thread-safe.
 */
public final class KnownConnections {
  /** How much later than it happened a change may be noticed that nobody told of. */
  private static final Duration UNNOTICED = Duration.ofSeconds(30);

  private final ConnectionReader reader;
  private final ManagedDatabases managed;
  private final CredentialSource.Secrets secrets;
  private final Function<String, NamespaceTenants> tenants;
  private final ObjectVersions versions;
  private final CredentialSealer sealer;
  private final Map<ResourceRef, Known> all = new ConcurrentHashMap<>();

  /**
   * What was read, and which versions of what.
   *
   * @param secret its name; empty where there is none
   * @param readAt as {@link System#nanoTime}, before it was read
   */
  private record Known(
      Target target,
      SealedCredentials credentials,
      Connection.Said said,
      String databaseVersion,
      String secret,
      String secretVersion,
      long readAt) {}

  public KnownConnections(
      KubernetesClient kubernetes, ManagedDatabases managed, CredentialSealer sealer) {
    this(kubernetes, managed, sealer, UNNOTICED);
  }

  KnownConnections(
      KubernetesClient kubernetes,
      ManagedDatabases managed,
      CredentialSealer sealer,
      Duration unnoticed) {
    this.reader = new ConnectionReader(kubernetes, managed);
    this.managed = managed;
    this.secrets = CredentialSource.oneByOne(kubernetes);
    this.tenants = NamespaceTenants.oneByOne(kubernetes);
    this.versions = new ObjectVersions(kubernetes, unnoticed);
    this.sealer = sealer;
  }

  /** As {@link ConnectionReader#read}: anew. */
  public Connection read(ResourceRef database) {
    DatabaseResource resource = reader.find(database);
    if (resource == null) {
      all.remove(database);
      return new Connection.Gone();
    }
    return read(resource);
  }

  /** Of a resource that was read just now. */
  Connection read(DatabaseResource resource) {
    long now = System.nanoTime();
    AtomicReference<@Nullable Secret> used = new AtomicReference<>();
    CredentialSource credentials =
        new CredentialSource(
            managed,
            (namespace, name) -> {
              used.set(secrets.get(namespace, name));
              return used.get();
            },
            tenants);
    Connection connection = reader.read(resource, credentials);
    if (connection instanceof Connection.Found found) {
      keep(resource, found, used.get(), now);
    } else {
      all.remove(resource.ref());
    }
    return connection;
  }

  /**
   * As it was at most half a minute ago. Fails as {@link ConnectionReader#read} where it has to be
   * read.
   */
  public Connection known(ResourceRef database) {
    ObjectVersions.Snapshot now = versions.of(database.namespace());
    forgetGone(database.namespace(), now);
    return Optional.ofNullable(all.get(database))
        .filter(known -> current(known, database, now))
        .flatMap(known -> opened(known, database))
        .orElseGet(() -> read(database));
  }

  /** Who is taken away is never asked for again. */
  private void forgetGone(String namespace, ObjectVersions.Snapshot now) {
    all.entrySet()
        .removeIf(
            known ->
                known.getKey().namespace().equals(namespace)
                    && known.getValue().readAt() - now.takenAt() < 0
                    && !now.databases().containsKey(known.getKey().name()));
  }

  private static boolean current(Known known, ResourceRef database, ObjectVersions.Snapshot now) {
    return known.databaseVersion().equals(now.databases().get(database.name()))
        && (known.secret().isEmpty()
            || known.secretVersion().equals(now.secrets().get(known.secret())));
  }

  private Optional<Connection> opened(Known known, ResourceRef database) {
    try {
      return Optional.of(
          new Connection.Found(
              known.target(),
              sealer.open(known.credentials(), database.namespace(), database.name()),
              known.said()));
    } catch (UnsealableException e) {
      return Optional.empty();
    }
  }

  /** Of a Secret elsewhere there are no versions: such a connection is read each time. */
  private void keep(
      DatabaseResource resource, Connection.Found found, @Nullable Secret secret, long readAt) {
    ResourceRef database = resource.ref();
    if (secret != null && !secret.getMetadata().getNamespace().equals(database.namespace())) {
      all.remove(database);
      return;
    }
    try {
      all.put(
          database,
          new Known(
              found.target(),
              sealer.seal(found.credentials(), database.namespace(), database.name()),
              found.said(),
              ObjectVersions.ofDatabase(resource.getMetadata()),
              secret == null ? "" : secret.getMetadata().getName(),
              secret == null ? "" : ObjectVersions.ofSecret(secret.getMetadata()),
              readAt));
    } catch (UnsealableException e) {
      all.remove(database);
    }
  }
}
