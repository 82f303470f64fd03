package io.tas.dbhub.dev.system;

import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.dev.engine.ChildProcess;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.TemporalServer;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Temporal: the real server where it can be had, else the in-memory one with a plain warning. */
public final class TemporalEngine implements AutoCloseable {
  private final String target;
  private final String uiUrl;
  private final String warning;
  private final Optional<ChildProcess> process;
  private final Runnable stop;

  private TemporalEngine(
      String target, String uiUrl, String warning, Optional<ChildProcess> process, Runnable stop) {
    this.target = target;
    this.uiUrl = uiUrl;
    this.warning = warning;
    this.process = process;
    this.stop = stop;
  }

  public static TemporalEngine start(Program program, Path directory, int port, int uiPort) {
    if (program instanceof Program.Installed installed) {
      TemporalServer server =
          TemporalServer.start(installed, new TemporalServer.Settings(directory, port, uiPort));
      return new TemporalEngine(
          server.target(), server.uiUrl(), "", Optional.of(server.process()), server::close);
    }
    return inMemory(((Program.Unavailable) program).reason(), port);
  }

  private static TemporalEngine inMemory(String reason, int port) {
    TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port, true);
    String target = "127.0.0.1:" + port;
    OperatorServiceStubs stubs =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setTarget(target)
                .validateAndBuildWithDefaults());
    try {
      AddSearchAttributesRequest.Builder request = AddSearchAttributesRequest.newBuilder();
      SearchAttributes.ALL.forEach(
          key -> request.putSearchAttributes(key.getName(), key.getValueType()));
      stubs
          .blockingStub()
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .addSearchAttributes(request.build());
    } finally {
      stubs.shutdownNow();
    }
    return new TemporalEngine(
        target,
        "",
        "Temporal runs in memory: workflows do not survive a restart, there are no Schedules and no"
            + " UI. "
            + reason,
        Optional.empty(),
        server::close);
  }

  /** Host and port of the frontend. */
  public String target() {
    return target;
  }

  /** Empty where there is none. */
  public String uiUrl() {
    return uiUrl;
  }

  /** What is missing, for people; empty when nothing is. */
  public String warning() {
    return warning;
  }

  /** None when it runs in this process. */
  public Optional<ChildProcess> process() {
    return process;
  }

  @Override
  public void close() {
    stop.run();
  }
}
