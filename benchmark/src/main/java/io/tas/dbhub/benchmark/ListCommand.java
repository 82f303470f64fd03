package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.Neo4jServer;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.TextTable;
import io.tas.dbhub.storage.inventory.InventoryDriver;
import io.tas.dbhub.storage.inventory.InventoryImport;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.neo4j.driver.Driver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a page takes among many databases. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists 100 of 100,000 databases through REST, each time in a random one of 50 spaces, and asks"
          + " Neo4j a query that sorts a whole space, by turns.",
      "Aim: 99 of 100 pages take less than 20 ms."
    })
final class ListCommand implements Callable<Integer> {
  private static final int PAGE = 100;
  private static final int AIM_MILLIS = 20;
  private static final long SEED = 7;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "How many of each kind are measured (default: ${DEFAULT-VALUE}).")
  private int requests = 400;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "How many of each kind are made before (default: ${DEFAULT-VALUE}).")
  private int warmUp = 1_000;

  @Option(
      names = "--per-space",
      paramLabel = "N",
      description = "Databases in each of 50 spaces (default: ${DEFAULT-VALUE}).")
  private int perSpace = 2_000;

  /**
   * One kind of page, both ways.
   *
   * @param rest asks through REST
   * @param naive asks for the same page
   */
  private record Kind(String name, Consumer<Scope> rest, Consumer<Scope> naive) {}

  @Override
  public Integer call() {
    Steps steps = new Steps(System.out);
    Population population = new Population(10, 50, perSpace);
    try (TemporarySystem temporary = TemporarySystem.startListing(steps);
        Driver driver = driver(temporary.system().neo4j())) {
      population.write(new InventoryImport(driver), steps);
      List<Kind> kinds = kinds(temporary.system(), population, driver);
      steps.say("warm-up", "%d pages of each kind, not measured".formatted(warmUp));
      kinds.forEach(kind -> measure(kind, population, warmUp));
      TextTable table =
          new TextTable(
              List.of("", "REST P50", "REST P99", "NAIVE P50", "NAIVE P99", "RATIO P50", "AIM"));
      for (Kind kind : kinds) {
        Pair pair = measure(kind, population, requests);
        steps.say(kind.name(), "%d pages measured".formatted(requests));
        table.add(row(kind, pair));
      }
      System.out.println();
      System.out.printf(
          "%,d databases in %d spaces of %d tenants, %d a page, %d requests of each kind%n%n",
          population.total(), population.spaces(), population.tenants(), PAGE, requests);
      System.out.println(table);
    }
    return 0;
  }

  private static Driver driver(Neo4jServer neo4j) {
    Login login = neo4j.login();
    return InventoryDriver.connect(URI.create(neo4j.uri()), login.user(), login.password());
  }

  private List<Kind> kinds(LocalSystem system, Population population, Driver driver) {
    Listing rest = new Listing(system, population);
    NaiveListing naive = new NaiveListing(driver);
    int last = Math.max(1, perSpace / PAGE);
    String paged = "page_size=" + PAGE + "&page=";
    return List.of(
        new Kind(
            "first page",
            scope -> rest.get(scope, paged + 1),
            scope -> naive.get(scope, "", "", 0, PAGE)),
        new Kind(
            "last page",
            scope -> rest.get(scope, paged + last),
            scope -> naive.get(scope, "", "", (last - 1) * PAGE, PAGE)),
        new Kind(
            "by status and label",
            scope ->
                rest.get(scope, paged + 1 + "&status=Failed&label=" + Population.LABEL + "%3Dprod"),
            scope -> naive.get(scope, "Failed", "\"" + Population.LABEL + "\":\"prod\"", 0, PAGE)));
  }

  private record Pair(Latencies rest, Latencies naive) {}

  /** By turns, so that what the machine does otherwise hits both. */
  private static Pair measure(Kind kind, Population population, int count) {
    Random random = new Random(SEED);
    List<Long> rest = new ArrayList<>();
    List<Long> naive = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Scope scope = population.scope(random.nextInt(population.spaces()));
      rest.add(Load.timed(() -> kind.rest().accept(scope)));
      naive.add(Load.timed(() -> kind.naive().accept(scope)));
    }
    return new Pair(new Latencies(rest), new Latencies(naive));
  }

  private static List<String> row(Kind kind, Pair pair) {
    return List.of(
        kind.name(),
        "%.1f ms".formatted(pair.rest().millis(0.5)),
        "%.1f ms".formatted(pair.rest().millis(0.99)),
        "%.1f ms".formatted(pair.naive().millis(0.5)),
        "%.1f ms".formatted(pair.naive().millis(0.99)),
        "%.2f".formatted(pair.rest().millis(0.5) / pair.naive().millis(0.5)),
        "p99 under " + AIM_MILLIS + " ms");
  }
}
