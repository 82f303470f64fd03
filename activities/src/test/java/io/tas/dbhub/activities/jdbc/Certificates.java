package io.tas.dbhub.activities.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority and certificates of its making, by the JDK's keytool. */
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path directory;

  public Certificates(Path directory) throws Exception {
    this.directory = directory;
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-dname",
        "CN=Test Authority",
        "-ext",
        "bc:c=ca:true",
        "-validity",
        "30");
  }

  /** The authority's certificate as a PEM file. */
  public Path authority() throws Exception {
    return pem("ca.pem", "CERTIFICATE", load().getCertificate("ca").getEncoded());
  }

  /**
   * A key with a certificate of the authority.
   *
   * @param names such as {@code dns:localhost}
   * @param start as keytool takes it, such as {@code -10d}
   */
  public void issue(String alias, String names, String start, int days) throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        alias,
        "-dname",
        "CN=" + alias,
        "-ext",
        "san=" + names,
        "-startdate",
        start,
        "-validity",
        Integer.toString(days),
        "-signer",
        "ca");
  }

  /** For a server that shows the certificate of that alias. */
  public SSLContext server(String alias) throws Exception {
    KeyStore all = load();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    char[] password = PASSWORD.toCharArray();
    one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** For a client that trusts the authority. */
  public SSLContext client() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", load().getCertificate("ca"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  Path certificate(String alias) throws Exception {
    return pem(alias + ".pem", "CERTIFICATE", load().getCertificate(alias).getEncoded());
  }

  Path key(String alias) throws Exception {
    byte[] key = load().getKey(alias, PASSWORD.toCharArray()).getEncoded();
    return pem(alias + ".key", "PRIVATE KEY", key);
  }

  private Path pem(String file, String what, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        directory.resolve(file),
        "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12"));
    command.addAll(
        List.of("-keystore", directory.resolve("keys.p12").toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }
}
