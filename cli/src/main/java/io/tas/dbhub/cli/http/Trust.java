package io.tas.dbhub.cli.http;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.terminal.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom to believe instead of whom the system believes. */
final class Trust {
  private Trust() {}

  /**
   * @param file with PEM certificates of authorities
   * @throws CommandFailure USAGE for a file that holds none
   */
  static SSLContext only(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> authorities =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (authorities.isEmpty()) {
        throw noCertificates(file);
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate authority : authorities) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (CertificateException e) {
      throw noCertificates(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, file + " cannot be read: " + Reasons.of(e));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS and X.509", e);
    }
  }

  private static CommandFailure noCertificates(Path file) {
    return new CommandFailure(ExitCode.USAGE, file + " holds no PEM certificates.");
  }
}
