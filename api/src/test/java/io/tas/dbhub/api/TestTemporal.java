package io.tas.dbhub.api;

import io.tas.dbhub.core.names.SearchAttributes;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Temporal's in-memory server behind a real port, with our search attributes. */
final class TestTemporal implements AutoCloseable {
  final String target;
  final WorkflowClient client;
  private final TestServer.PortBoundTestServer server;

  TestTemporal() throws IOException {
    int port = freePort();
    target = "127.0.0.1:" + port;
    server = TestServer.createPortBoundServer(port, true);
    registerSearchAttributes();
    client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(target).build()));
  }

  private void registerSearchAttributes() {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setTarget(target)
                .validateAndBuildWithDefaults());
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace("default");
    for (var attribute : SearchAttributes.ALL) {
      request.putSearchAttributes(attribute.getName(), attribute.getValueType());
    }
    operator.blockingStub().addSearchAttributes(request.build());
    operator.shutdownNow();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    client.getWorkflowServiceStubs().shutdownNow();
    server.close();
  }
}
