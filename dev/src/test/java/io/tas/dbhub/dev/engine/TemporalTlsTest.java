package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.stub.StreamObserver;
import io.tas.dbhub.core.configuration.TemporalTls;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that wants to see a certificate, as a Temporal with mutual TLS does. */
class TemporalTlsTest {
  private static final String VERSION = "1.29.1";

  @TempDir private Path directory;
  private ServerCertificate temporal;
  private ServerCertificate ours;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    temporal = ServerCertificate.in(directory.resolve("temporal"));
    ours = ServerCertificate.in(directory.resolve("ours"));
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(
                GrpcSslContexts.forServer(temporal.certificate().toFile(), temporal.key().toFile())
                    .trustManager(ours.certificate().toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    .build())
            .addService(new Frontend())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.shutdownNow();
    }
  }

  @Test
  void bothSidesKnowEachOther() {
    assertThat(askedWith(mutual(temporal.certificate()))).isEqualTo(VERSION);
  }

  @Test
  void withoutACertificateNothingIsAnswered() {
    TemporalTls anonymous = mutual(temporal.certificate());
    anonymous.certificate = "";
    anonymous.key = "";
    assertUnavailable(anonymous);
  }

  @Test
  void aServerOfAnotherAuthorityIsNotTalkedTo() {
    assertUnavailable(mutual(ours.certificate()));
  }

  @Test
  void aServerOfAnotherNameIsNotTalkedTo() {
    TemporalTls elsewhere = mutual(temporal.certificate());
    elsewhere.serverName = "temporal.example.com";
    assertUnavailable(elsewhere);
  }

  private TemporalTls mutual(Path authority) {
    TemporalTls tls = new TemporalTls();
    tls.enabled = true;
    tls.ca = authority.toString();
    tls.certificate = ours.certificate().toString();
    tls.key = ours.key().toString();
    return tls;
  }

  private void assertUnavailable(TemporalTls tls) {
    assertThatThrownBy(() -> askedWith(tls))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused ->
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  private String askedWith(TemporalTls tls) {
    WorkflowServiceStubsOptions.Builder options =
        WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:" + server.getPort());
    tls.secure(options);
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options.build());
    try {
      return stubs
          .blockingStub()
          .withDeadlineAfter(30, TimeUnit.SECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
          .getServerVersion();
    } finally {
      stubs.shutdownNow();
    }
  }

  private static final class Frontend extends WorkflowServiceGrpc.WorkflowServiceImplBase {
    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
      answer.onNext(GetSystemInfoResponse.newBuilder().setServerVersion(VERSION).build());
      answer.onCompleted();
    }
  }
}
