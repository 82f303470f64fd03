package io.tas.dbhub.dev.engine;

import io.grpc.StatusRuntimeException;
import io.tas.dbhub.core.names.SearchAttributes;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Temporal's own server for one machine, with its UI: durable in one SQLite file, so a restart in
 * the same directory resumes every workflow and Schedule.
 */
public final class TemporalServer implements AutoCloseable {

  /**
   * Without these a workflow waits 50 ms for each of its state transitions, because a server with
   * few history shards reads 20 tasks per second and shard; and every task queue is four, between
   * which a single server forwards tasks and polls. {@code deploy/temporal/dynamicconfig.yaml} says
   * the same for production.
   */
  public static final Map<String, String> DYNAMIC_CONFIG =
      Map.of(
          "history.transferProcessorMaxPollRPS", "2000",
          "history.timerProcessorMaxPollRPS", "2000",
          "matching.numTaskqueueReadPartitions", "1",
          "matching.numTaskqueueWritePartitions", "1");

  /** Those that our workflows set, as the command line takes them: {@code Name=Type}. */
  public static final List<String> SEARCH_ATTRIBUTES =
      SearchAttributes.ALL.stream().map(TemporalServer::assignment).toList();

  /**
   * {@code synchronous=FULL} costs two thirds of the throughput and only guards against a crash of
   * the machine.
   */
  private static final List<String> SQLITE_PRAGMAS =
      List.of("journal_mode=WAL", "synchronous=NORMAL");

  private static final String NAMESPACE = "default";
  private static final Duration START = Duration.ofSeconds(60);

  private final Settings settings;
  private final ChildProcess process;

  /**
   * How to run it.
   *
   * @param directory keeps the database, the log and the pid file
   * @param searchAttributes {@code Name=Type}, as the command line takes them
   * @param logLevel debug, info, warn, error or never
   */
  public record Settings(
      Path directory, int port, int uiPort, List<String> searchAttributes, String logLevel) {
    /** With our own search attributes, saying little. */
    public Settings(Path directory, int port, int uiPort) {
      this(directory, port, uiPort, SEARCH_ATTRIBUTES, "warn");
    }
  }

  private TemporalServer(Settings settings, ChildProcess process) {
    this.settings = settings;
    this.process = process;
  }

  /**
   * Returns when the namespace and all search attributes can be used.
   *
   * @throws EngineException when it does not start
   */
  public static TemporalServer start(Program.Installed program, Settings settings) {
    OperatorServiceStubs stubs =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setTarget(target(settings))
                .validateAndBuildWithDefaults());
    try {
      ChildProcess process =
          ChildProcess.start(
              new ChildProcess.Command(
                  "temporal", arguments(program, settings), Map.of(), settings.directory()));
      process.awaitReady(START, () -> hasSearchAttributes(stubs, settings));
      return new TemporalServer(settings, process);
    } finally {
      stubs.shutdownNow();
      stubs.awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private static String assignment(SearchAttributeKey<?> key) {
    String type =
        switch (key.getValueType()) {
          case INDEXED_VALUE_TYPE_KEYWORD -> "Keyword";
          case INDEXED_VALUE_TYPE_BOOL -> "Bool";
          case INDEXED_VALUE_TYPE_INT -> "Int";
          case INDEXED_VALUE_TYPE_DATETIME -> "Datetime";
          default -> throw new IllegalArgumentException(key.getName() + ": " + key.getValueType());
        };
    return key.getName() + "=" + type;
  }

  private static List<String> arguments(Program.Installed program, Settings settings) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                program.executable("temporal").toString(),
                "server",
                "start-dev",
                "--ip=127.0.0.1",
                "--port=" + settings.port(),
                "--ui-port=" + settings.uiPort(),
                "--log-level=" + settings.logLevel(),
                "--db-filename=" + settings.directory().resolve("temporal.db")));
    settings.searchAttributes().forEach(a -> argv.add("--search-attribute=" + a));
    SQLITE_PRAGMAS.forEach(p -> argv.add("--sqlite-pragma=" + p));
    new TreeMap<>(DYNAMIC_CONFIG)
        .forEach((k, v) -> argv.add("--dynamic-config-value=" + k + "=" + v));
    return argv;
  }

  private static boolean hasSearchAttributes(OperatorServiceStubs stubs, Settings settings)
      throws StatusRuntimeException {
    Set<String> wanted =
        settings.searchAttributes().stream()
            .map(a -> a.substring(0, a.indexOf('=')))
            .collect(Collectors.toSet());
    return stubs
        .blockingStub()
        .withDeadlineAfter(2, TimeUnit.SECONDS)
        .listSearchAttributes(
            ListSearchAttributesRequest.newBuilder().setNamespace(NAMESPACE).build())
        .getCustomAttributesMap()
        .keySet()
        .containsAll(wanted);
  }

  /** Host and port of the frontend, as clients take it. */
  public String target() {
    return target(settings);
  }

  private static String target(Settings settings) {
    return "127.0.0.1:" + settings.port();
  }

  public String namespace() {
    return NAMESPACE;
  }

  public String uiUrl() {
    return "http://127.0.0.1:" + settings.uiPort();
  }

  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
