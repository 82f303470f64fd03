package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalServerTest {
  @TempDir private Path directory;
  private final Ports ports = new Ports();
  private final Program.Installed program = Needed.installed(Needed.programs().temporal());

  @Test
  void isTheSameServerAfterARestart() throws Exception {
    String before;
    try (TemporalServer server = start()) {
      before = namespaceId(server);
      HttpResponse<Void> ui =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.uiUrl())).build(),
                  HttpResponse.BodyHandlers.discarding());
      assertThat(ui.statusCode()).isLessThan(400);
    }
    try (TemporalServer server = start()) {
      assertThat(namespaceId(server)).isEqualTo(before);
    }
  }

  private TemporalServer start() {
    return TemporalServer.start(
        program, new TemporalServer.Settings(directory, ports.free(), ports.free()));
  }

  private static String namespaceId(TemporalServer server) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.target())
                .validateAndBuildWithDefaults());
    try {
      return stubs
          .blockingStub()
          .describeNamespace(
              DescribeNamespaceRequest.newBuilder().setNamespace(server.namespace()).build())
          .getNamespaceInfo()
          .getId();
    } finally {
      stubs.shutdownNow();
    }
  }
}
