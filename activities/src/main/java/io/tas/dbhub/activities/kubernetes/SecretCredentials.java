package io.tas.dbhub.activities.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.sealing.Credentials;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a Secret holds credentials. Pure. */
final class SecretCredentials {
  static final String USERNAME = "username";
  static final String PASSWORD = "password";

  private SecretCredentials() {}

  static Map<String, String> data(Credentials credentials) {
    return Map.of(
        USERNAME, base64(credentials.username()), PASSWORD, base64(credentials.password()));
  }

  /** Empty when a key is missing. */
  static Optional<Credentials> of(Secret secret) {
    Optional<String> username = text(secret, USERNAME);
    Optional<String> password = text(secret, PASSWORD);
    return username.isPresent() && password.isPresent()
        ? Optional.of(new Credentials(username.get(), password.get()))
        : Optional.empty();
  }

  static boolean has(Secret secret, String key) {
    return secret.getData() != null && secret.getData().containsKey(key);
  }

  /** Empty too where what stands there is no text. */
  static Optional<String> text(Secret secret, String key) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(key))
        .flatMap(SecretCredentials::decoded);
  }

  /** Anything else would be replaced by question marks, and refused as a wrong password. */
  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
              .toString());
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Names the state of the credentials; null where nobody ever switched them. */
  static @Nullable String revision(Secret secret) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Kubernetes.CREDENTIALS_REVISION);
  }

  /** A merge patch. */
  static ObjectNode patch(Credentials credentials) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode data = patch.putObject("data");
    data(credentials).forEach(data::put);
    return patch;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
