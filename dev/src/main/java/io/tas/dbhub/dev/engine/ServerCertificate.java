package io.tas.dbhub.dev.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;

/**
 * A self-signed certificate for a server on loopback, so that clients of the development databases
 * can insist on TLS, and verify it, too.
 *
 * @param certificate PEM; also the authority to verify it with
 * @param key PEM, for its owner only
 */
record ServerCertificate(Path certificate, Path key) {
  private static final String ALIAS = "server";

  /** The one kept in the directory; made the first time. */
  static ServerCertificate in(Path directory) {
    ServerCertificate kept =
        new ServerCertificate(directory.resolve("server.crt"), directory.resolve("server.key"));
    if (!Files.exists(kept.key()) || !Files.exists(kept.certificate())) {
      kept.make(directory);
    }
    return kept;
  }

  /** Only the JDK's own tool makes certificates without a library. */
  private void make(Path directory) {
    Path store = directory.resolve("server.p12");
    String password = SecretFile.random();
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(store);
      new BuildStep(
              "certificate",
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  ALIAS,
                  "-keyalg",
                  "RSA",
                  "-keysize",
                  "2048",
                  "-validity",
                  "3650",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "SAN=IP:127.0.0.1,DNS:localhost",
                  "-ext",
                  "BC:critical=ca:true",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass:env",
                  "STORE_PASSWORD"),
              directory,
              Map.of("STORE_PASSWORD", password),
              lines -> "making a key")
          .run(directory.resolve("keytool.log"), new Progress(System.out));
      write(store, password.toCharArray());
      Files.delete(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | BuildFailedException e) {
      throw new EngineException("Cannot make a certificate in " + directory, e);
    }
  }

  private void write(Path store, char[] password) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      SecretFile.write(key, Pem.encode("PRIVATE KEY", keys.getKey(ALIAS, password).getEncoded()));
      Files.writeString(
          certificate,
          Pem.encode("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
          US_ASCII);
    }
  }
}
