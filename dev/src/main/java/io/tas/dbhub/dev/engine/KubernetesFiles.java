package io.tas.dbhub.dev.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys, tokens and kubeconfigs of a control plane. They outlive a restart, so what clients hold
 * stays valid.
 */
final class KubernetesFiles {
  private final Path directory;
  private final String url;

  KubernetesFiles(Path directory, String url) {
    this.directory = directory;
    this.url = url;
  }

  String url() {
    return url;
  }

  /** Made by the API server; the file holds its own authority, too. */
  Path certificate() {
    return directory.resolve("certs").resolve("apiserver.crt");
  }

  Path serviceAccountKey() {
    return directory.resolve("sa.key");
  }

  Path tokens() {
    return directory.resolve("tokens.csv");
  }

  /** Makes what is missing. A user who had a token keeps it. */
  void prepare(List<KubernetesUser> users) {
    if (!Files.exists(serviceAccountKey())) {
      SecretFile.write(serviceAccountKey(), rsaKey());
    }
    Map<String, String> known = readTokens();
    StringBuilder lines = new StringBuilder();
    for (KubernetesUser user : users) {
      String token = known.computeIfAbsent(user.name(), name -> SecretFile.random());
      lines
          .append(
              "%s,%s,%s,\"%s\""
                  .formatted(token, user.name(), user.name(), String.join(",", user.groups())))
          .append('\n');
    }
    SecretFile.write(tokens(), lines.toString());
  }

  String token(String user) {
    String token = readTokens().get(user);
    if (token == null) {
      throw new EngineException("Kubernetes was started without a user " + user);
    }
    return token;
  }

  private Map<String, String> readTokens() {
    Map<String, String> tokens = new HashMap<>();
    try {
      if (Files.exists(tokens())) {
        for (String line : Files.readAllLines(tokens(), UTF_8)) {
          String[] fields = line.split(",", 3);
          tokens.put(fields[1], fields[0]);
        }
      }
      return tokens;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String kubeconfig(String user) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: dbhub-dev
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: "%s"
          user:
            token: %s
        contexts:
        - name: dbhub-dev
          context:
            cluster: dbhub-dev
            user: "%s"
            namespace: default
        current-context: dbhub-dev
        """
        .formatted(url, certificateData(), user, token(user), user);
  }

  private String certificateData() {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(certificate()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PKCS 8 in PEM, as the API server reads it. */
  private static String rsaKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      return Pem.encode("PRIVATE KEY", key);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has RSA", e);
    }
  }
}
