package io.tas.dbhub.core.configuration;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.File;
import javax.net.ssl.SSLException;

/**
 * How the connection to Temporal is secured: the {@code temporal.tls} group of the configuration of
 * API and worker. The files are read once, at the start.
 */
public final class TemporalTls {
  public boolean enabled = false;

  /** A PEM file of the authorities that Temporal's certificate may be of; empty: the JVM's. */
  public String ca = "";

  /** A PEM file with the certificate by which Temporal knows us, and its chain; empty: none. */
  public String certificate = "";

  /** A PEM file with its key, in PKCS 8; empty: none. */
  public String key = "";

  /** The name in Temporal's certificate, where it is not the target's; empty: it is. */
  public String serverName = "";

  /**
   * Does nothing where it is not enabled.
   *
   * @throws IllegalArgumentException when a file is missing, cannot be read, or is given without
   *     the other one; the message names it, and quotes nothing of it
   */
  public void secure(WorkflowServiceStubsOptions.Builder options) {
    if (!enabled) {
      return;
    }
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new IllegalArgumentException("temporal.tls: certificate and key are given together");
    }
    SslContextBuilder tls = GrpcSslContexts.forClient();
    if (!ca.isEmpty()) {
      read("ca", ca, () -> tls.trustManager(new File(ca)));
    }
    if (!certificate.isEmpty()) {
      read(
          "certificate and key",
          certificate + ", " + key,
          () -> tls.keyManager(new File(certificate), new File(key)));
    }
    try {
      options.setSslContext(tls.build());
    } catch (SSLException e) {
      throw new IllegalArgumentException("temporal.tls: no connection can be secured with it", e);
    }
    if (!serverName.isEmpty()) {
      options.setChannelInitializer(channel -> channel.overrideAuthority(serverName));
    }
  }

  private static void read(String what, String files, Runnable step) {
    try {
      step.run();
    } catch (IllegalArgumentException e) {
      // The cause may quote the file.
      throw new IllegalArgumentException("temporal.tls: " + what + " cannot be read from " + files);
    }
  }
}
