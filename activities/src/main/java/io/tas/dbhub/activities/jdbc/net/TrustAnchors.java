package io.tas.dbhub.activities.jdbc.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities a target's certificate may come from: the JVM's, and those of a file. */
public final class TrustAnchors {
  private TrustAnchors() {}

  /**
   * @param caFile PEM certificates that are trusted besides the JVM's own
   * @throws IllegalArgumentException when the file is not there or holds no certificates
   */
  public static X509ExtendedTrustManager load(Optional<Path> caFile) {
    try {
      X509ExtendedTrustManager builtIn = manager(null);
      if (caFile.isEmpty()) {
        return builtIn;
      }
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int count = 0;
      for (X509Certificate authority : builtIn.getAcceptedIssuers()) {
        all.setCertificateEntry("jvm-" + count++, authority);
      }
      try (InputStream pem = Files.newInputStream(caFile.get())) {
        for (Certificate authority :
            CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
          all.setCertificateEntry("file-" + count++, authority);
        }
      }
      return manager(all);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "no usable authorities in " + caFile.map(Path::toString).orElse("the JVM"), e);
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore anchors)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("the JVM has no extended X.509 trust manager");
  }
}
