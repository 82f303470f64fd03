package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.activities.kubernetes.crd.CredentialsRef;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.names.Reasons;
import io.tas.dbhub.core.sealing.Credentials;
import java.net.HttpURLConnection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the credentials that a Database resource refers to. */
public final class CredentialSource {
  private static final Pattern OBJECT_NAME =
      Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  private final ManagedDatabases managed;
  private final Secrets secrets;
  private final Function<String, NamespaceTenants> tenants;

  CredentialSource(
      ManagedDatabases managed, Secrets secrets, Function<String, NamespaceTenants> tenants) {
    this.managed = managed;
    this.secrets = secrets;
    this.tenants = tenants;
  }

  /**
   * For a moment: a Namespace is read once.
   *
   * @param secrets in place of asking the API server for each
   */
  public static CredentialSource ofAMoment(
      KubernetesClient kubernetes, ManagedDatabases managed, Secrets secrets) {
    Function<String, NamespaceTenants> asked = NamespaceTenants.oneByOne(kubernetes);
    Map<String, NamespaceTenants> known = new HashMap<>();
    return new CredentialSource(
        managed, secrets, namespace -> known.computeIfAbsent(namespace, asked));
  }

  /** How a Secret is looked up. */
  @FunctionalInterface
  public interface Secrets {
    /** Null when there is none. */
    @Nullable Secret get(String namespace, String name);
  }

  /** Asks the API server for each. */
  public static Secrets oneByOne(KubernetesClient kubernetes) {
    return (namespace, name) -> kubernetes.secrets().inNamespace(namespace).withName(name).get();
  }

  /** The credentials, or why there are none. */
  public sealed interface Answer {
    /**
     * @param revision names their state, see {@link Kubernetes#CREDENTIALS_REVISION}; null where
     *     the Secret has none
     */
    record Available(Credentials credentials, @Nullable String revision) implements Answer {}

    record Missing(ConnectionError error) implements Answer {}
  }

  /**
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the Secret cannot be asked
   *     for at the moment; that it does not exist, or may not be read, is an answer
   */
  public Answer of(DatabaseResource database) {
    if (!database.getSpec().type().networked()) {
      return file(database);
    }
    CredentialsRef ref = database.getSpec().credentialsRef();
    if (ref == null) {
      return missing(
          Reasons.SECRET_NOT_NAMED,
          "the Database resource names no Secret",
          "Set spec.credentialsRef to the Secret that holds the credentials.");
    }
    String own = database.getMetadata().getNamespace();
    String namespace = Optional.ofNullable(ref.namespace()).filter(n -> !n.isEmpty()).orElse(own);
    Secret secret;
    try {
      secret = lookUp(namespace, ref.name());
    } catch (KubernetesClientException e) {
      if (!refused(e)) {
        throw e;
      }
      if (namespace.equals(own)) {
        return missing(
            Reasons.SECRET_FORBIDDEN,
            "the control plane may not read the Secret " + ref.name(),
            "Let its service account read Secrets in " + own + ".");
      }
      secret = null;
    }
    if (!namespace.equals(own) && (secret == null || !allows(secret, own))) {
      // One answer for both: whether a foreign Secret exists is nobody's business.
      return missing(
          Reasons.SECRET_NOT_ALLOWED,
          "the Secret " + namespace + "/" + ref.name() + " may not be used from this namespace",
          "Annotate the Secret with " + Kubernetes.ALLOW_FROM + ": " + own + ".");
    }
    if (secret == null) {
      return missing(
          Reasons.SECRET_NOT_FOUND,
          "the Secret " + ref.name() + " does not exist",
          "Create the Secret, or point spec.credentialsRef to one that exists.");
    }
    if (!mayUse(database, secret)) {
      return missing(
          Reasons.SECRET_OF_ANOTHER,
          "the Secret " + ref.name() + " belongs to something else than this Database",
          "Create a Secret for this Database, and point spec.credentialsRef to it.");
    }
    for (String key : List.of(ref.userKey(), ref.passwordKey())) {
      Optional<Answer> obstacle = obstacle(secret, ref.name(), key);
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
    }
    return new Answer.Available(
        new Credentials(
            SecretCredentials.text(secret, ref.userKey()).orElseThrow(),
            SecretCredentials.text(secret, ref.passwordKey()).orElseThrow()),
        SecretCredentials.revision(secret));
  }

  /**
   * A file needs no credentials, and so nothing else keeps a Database from naming another tenant's.
   */
  private Answer file(DatabaseResource database) {
    String file = database.getSpec().database();
    String namespace = database.getMetadata().getNamespace();
    Optional<String> owner = FileFolder.tenant(file);
    Optional<String> own = managed.find(database).map(found -> found.scope().tenantId());
    if (owner.isEmpty() || owner.equals(own) || tenants.apply(namespace).allow(owner.get())) {
      return new Answer.Available(new Credentials("", ""), null);
    }
    return missing(
        Reasons.FILE_OUTSIDE_TENANT,
        "the Namespace " + namespace + " does not let the file " + file + " be opened",
        "The files in a folder are those of the tenant of that name. Name a file of a tenant that"
            + " the Namespace's annotation "
            + Kubernetes.TENANTS
            + " allows.");
  }

  /** Names the key that was asked for, and none that is there. */
  private static Optional<Answer> obstacle(Secret secret, String name, String key) {
    if (!SecretCredentials.has(secret, key)) {
      return Optional.of(
          missing(
              Reasons.SECRET_KEY_MISSING,
              "the Secret " + name + " has no key " + key,
              "Add the key, or name the right one in spec.credentialsRef."));
    }
    return SecretCredentials.text(secret, key).isPresent()
        ? Optional.empty()
        : Optional.of(
            missing(
                Reasons.SECRET_NOT_TEXT,
                "the key " + key + " of the Secret " + name + " holds no UTF-8 text",
                "Put a text there: kubectl create secret generic … --from-literal."));
  }

  /** Null too when no Secret can have that name: then there is nothing to ask for. */
  private @Nullable Secret lookUp(String namespace, String name) {
    return OBJECT_NAME.matcher(namespace).matches() && OBJECT_NAME.matcher(name).matches()
        ? secrets.get(namespace, name)
        : null;
  }

  /**
   * Of this one Secret. A login that is not accepted (401) says nothing about the Secret, and is
   * mended elsewhere.
   */
  private static boolean refused(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST;
  }

  /**
   * Whoever may write a Database decides where its credentials are sent, so those of a connection
   * made through REST are for its own Database only, and those of a DBHub for none.
   */
  private boolean mayUse(DatabaseResource database, Secret secret) {
    Map<String, String> labels =
        Optional.ofNullable(secret.getMetadata().getLabels()).orElse(Map.of());
    if (labels.containsKey(Kubernetes.INSTANCE)) {
      return false;
    }
    boolean ours =
        Kubernetes.MANAGER.equals(labels.get(Kubernetes.MANAGED_BY))
            && labels.containsKey(Kubernetes.DATABASE_ID);
    return !ours
        || managed.find(database).filter(own -> ObjectNames.belongsTo(secret, own)).isPresent();
  }

  private static boolean allows(Secret secret, String namespace) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    String allowed = annotations == null ? null : annotations.get(Kubernetes.ALLOW_FROM);
    return allowed != null
        && Arrays.stream(allowed.split(",", -1)).map(String::trim).anyMatch(namespace::equals);
  }

  private static Answer missing(String reason, String message, String suggestion) {
    return new Answer.Missing(
        new ConnectionError(ErrorKind.CONFIGURATION, message, suggestion, reason));
  }
}
