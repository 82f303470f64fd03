package io.tas.dbhub.dev;

import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.system.SystemPorts;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Ports: those a person chose, else those of the last run, since connections point at them, else
 * the usual ones where they are free.
 */
final class UpPorts {
  /** In the data directory; its presence says that the directory is ours. */
  static final String FILE = "ports.properties";

  @Option(names = "--api-port", paramLabel = "PORT", description = "REST API (usually 8080).")
  private @Nullable Integer api;

  @Option(
      names = "--worker-port",
      paramLabel = "PORT",
      description = "Where the API reaches the worker (8083).")
  private @Nullable Integer worker;

  @Option(names = "--temporal-port", paramLabel = "PORT", description = "Temporal (7233).")
  private @Nullable Integer temporal;

  @Option(names = "--ui-port", paramLabel = "PORT", description = "Temporal's UI (8233).")
  private @Nullable Integer temporalUi;

  @Option(names = "--kubernetes-port", paramLabel = "PORT", description = "Kubernetes API (6443).")
  private @Nullable Integer kubernetes;

  @Option(names = "--neo4j-port", paramLabel = "PORT", description = "Neo4j's Bolt (7687).")
  private @Nullable Integer neo4j;

  @Option(names = "--dbhub-port", paramLabel = "PORT", description = "DBHub (8081).")
  private @Nullable Integer dbhub;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      description = {
        "The sample PostgreSQL (5433).",
        "The first run takes a free port where the usual one is taken; later runs keep to it. A"
            + " chosen or kept port that is taken is an error."
      })
  private @Nullable Integer postgres;

  /** What was chosen. */
  record Choice(SystemPorts system, int postgres) {}

  /**
   * @param samples whether the sample PostgreSQL is going to run
   */
  Choice choose(Path directory, boolean samples) {
    Ports ports = new Ports();
    Path file = directory.resolve(FILE);
    Properties kept = read(file);
    SystemPorts system =
        new SystemPorts(
            ports,
            port(ports, kept, "api", api, 8080),
            port(ports, kept, "worker", worker, 8083),
            port(ports, kept, "temporal", temporal, 7233),
            port(ports, kept, "ui", temporalUi, 8233),
            port(ports, kept, "kubernetes", kubernetes, 6443),
            port(ports, kept, "neo4j", neo4j, 7687),
            port(ports, kept, "dbhub", dbhub, 8081));
    Choice choice = new Choice(system, samples ? port(ports, kept, "postgres", postgres, 5433) : 0);
    write(file, kept);
    return choice;
  }

  private static int port(
      Ports ports, Properties kept, String name, @Nullable Integer chosen, int usual) {
    String purpose = name + " (--" + name + "-port)";
    String last = kept.getProperty(name);
    int port =
        chosen != null
            ? ports.chosen(purpose, chosen)
            : last != null ? ports.chosen(purpose, Integer.parseInt(last)) : ports.preferred(usual);
    kept.setProperty(name, String.valueOf(port));
    return port;
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return properties;
  }

  private static void write(Path file, Properties properties) {
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
