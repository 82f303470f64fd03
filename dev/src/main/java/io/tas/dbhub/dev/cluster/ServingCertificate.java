package io.tas.dbhub.dev.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate for the loopback address, made once by the JDK's keytool and kept.
 *
 * <p>Loopback would do without TLS, but kubectl sends no token over plain HTTP.
 *
 * @param context for the server
 * @param authority the certificate in PEM, for clients to trust
 */
record ServingCertificate(SSLContext context, String authority) {

  private static final String ALIAS = "server";

  static ServingCertificate in(Path directory, String password) throws IOException {
    Path file = directory.resolve("server.p12");
    if (!Files.exists(file)) {
      create(file, password);
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      byte[] der = keys.getCertificate(ALIAS).getEncoded();
      String base64 =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
      return new ServingCertificate(
          context, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot use the certificate in " + file, e);
    }
  }

  private static void create(Path file, String password) throws IOException {
    Path fresh = file.resolveSibling("server.p12.new");
    Files.deleteIfExists(fresh);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            // It lives for half a second: what makes long-lived programs fast only slows it down.
            "-J-XX:TieredStopAtLevel=1",
            "-J-XX:+UseSerialGC",
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=dbhub-dev",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-ext",
            "bc:critical=ca:true",
            "-validity",
            "3650",
            "-storetype",
            "PKCS12",
            "-keystore",
            fresh.toString(),
            "-storepass:env",
            "STORE_PASSWORD");
    builder.environment().put("STORE_PASSWORD", password);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool made no certificate: " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while making a certificate", e);
    }
    byte[] content = Files.readAllBytes(fresh);
    Files.delete(fresh);
    ObjectFiles.writePrivate(file, file.resolveSibling("server.p12.tmp"), content);
  }
}
