package io.tas.dbhub.activities.jdbc.net;

import io.tas.dbhub.core.model.SslMode;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges the certificate of one target by an {@link SslMode}, the same for every driver, and
 * remembers the judgement: drivers wrap it into texts of their own.
 */
public final class TargetTrust extends X509ExtendedTrustManager {
  /** Why a certificate was not accepted. */
  public enum Rejection {
    UNTRUSTED,
    OUT_OF_DATE,
    WRONG_HOST
  }

  private final SslMode mode;
  private final X509ExtendedTrustManager anchors;
  private final Runnable onAccepted;
  private volatile boolean accepted;
  private volatile @Nullable Rejection rejection;

  /**
   * @param onAccepted called once, on the driver's thread
   */
  public TargetTrust(SslMode mode, X509ExtendedTrustManager anchors, Runnable onAccepted) {
    this.mode = mode;
    this.anchors = anchors;
    this.onAccepted = onAccepted;
  }

  public boolean accepted() {
    return accepted;
  }

  public Optional<Rejection> rejection() {
    return Optional.ofNullable(rejection);
  }

  /**
   * The name to compare with is the one the socket was layered for, which is the target's host, not
   * its address.
   */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL) {
      checkChain(chain, authType);
    }
    if (mode == SslMode.VERIFY_FULL) {
      checkName(chain, authType, socket);
    }
    if (!accepted) {
      accepted = true;
      onAccepted.run();
    }
  }

  private void checkChain(X509Certificate[] chain, String authType) throws CertificateException {
    try {
      anchors.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      rejection = outOfDate(e) ? Rejection.OUT_OF_DATE : Rejection.UNTRUSTED;
      throw e;
    }
  }

  private void checkName(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (!(socket instanceof SSLSocket tls) || !socket.isConnected()) {
      // The JDK would not compare the name then, and say nothing.
      rejection = Rejection.WRONG_HOST;
      throw new CertificateException("no connected TLS socket to know the host by");
    }
    // Set here and not where the socket is made, because one driver makes it out of our reach.
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    try {
      anchors.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      rejection = Rejection.WRONG_HOST;
      throw e;
    }
  }

  private static boolean outOfDate(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof CertificateExpiredException
          || t instanceof CertificateNotYetValidException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("probes use sockets");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("probes use sockets");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("probes are clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("probes are clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("probes are clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
