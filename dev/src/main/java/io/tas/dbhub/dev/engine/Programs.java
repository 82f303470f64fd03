package io.tas.dbhub.dev.engine;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the engines' programs come from. Each method answers at once when the program is there, and
 * otherwise obtains it: that may take minutes, and says on the progress what it is doing. What
 * cannot be had is a value, not a failure.
 */
public final class Programs {
  private static final Pattern TEMPORAL_SERVER = Pattern.compile("Server 1\\.(\\d+)\\.");

  /** The first server that has update-with-start on by default. */
  private static final int OLDEST_TEMPORAL = 28;

  private final ProgramCache cache;
  private final Executables machine;
  private final Progress progress;

  public Programs(Path cache, Map<String, String> environment, Progress progress) {
    this.cache = new ProgramCache(cache, progress);
    this.machine = new Executables(environment);
    this.progress = progress;
  }

  /** With the cache folder that the environment names, telling the progress on the given stream. */
  public static Programs standard(PrintStream out) {
    Map<String, String> environment = System.getenv();
    return new Programs(
        ProgramCache.standardDirectory(environment), environment, new Progress(out));
  }

  /**
   * {@code temporal}: the one on the PATH when it is new enough, else built with Go, else
   * downloaded. Unavailable means: fall back to the in-memory test server.
   */
  public Program temporal() {
    Optional<Path> onPath = machine.find("temporal");
    if (onPath.isPresent() && newEnough(onPath.get())) {
      return new Program.Installed(onPath.get().resolveSibling(""));
    }
    Program built = cache.install(temporalFromSource());
    if (!(built instanceof Program.Unavailable noBuild)) {
      return built;
    }
    progress.say("temporal", noBuild.reason());
    return cache.install(new TemporalDownload(new ToolFiles("temporal")))
            instanceof Program.Installed downloaded
        ? downloaded
        : new Program.Unavailable(
            "The Temporal server is not on the PATH, cannot be built and cannot be downloaded. "
                + noBuild.reason());
  }

  private GoRecipe temporalFromSource() {
    return new GoRecipe(
        "temporal", new ToolFiles("temporal"), machine, Map.of(), "three minutes on two cores");
  }

  private static boolean newEnough(Path temporal) {
    Optional<Matcher> version =
        Executables.ask(TEMPORAL_SERVER, List.of(temporal.toString(), "--version"));
    return version.map(v -> Integer.parseInt(v.group(1)) >= OLDEST_TEMPORAL).orElse(false);
  }

  /**
   * {@code etcd}, {@code kube-apiserver}, {@code kube-controller-manager} and {@code kubectl},
   * built with Go.
   */
  public Program kubernetes() {
    return cache.install(
        new GoRecipe(
            "kubernetes",
            new ToolFiles("kubernetes"),
            machine,
            Map.of("server", "etcd"),
            "five minutes on two cores"));
  }

  /** {@code helm}, built with Go; only tests run it. */
  public Program helm() {
    return cache.install(
        new GoRecipe("helm", new ToolFiles("helm"), machine, Map.of(), "two minutes on two cores"));
  }

  /** {@code dbhub}, and the {@code node} it runs under, from npm. */
  public Program dbhub() {
    return cache.install(
        new NpmRecipe(
            "dbhub",
            new ToolFiles("dbhub"),
            machine,
            Map.of("dbhub", "@bytebase/dbhub/dist/index.js")));
  }

  /** The official MCP client, as a library in {@code node_modules}; only tests use it. */
  public Program mcpClient() {
    return cache.install(
        new NpmRecipe("mcp-client", new ToolFiles("mcp-client"), machine, Map.of()));
  }

  /** {@code reflect}: SQLAlchemy reading a whole schema; only measurements run it. */
  public Program sqlalchemy() {
    return cache.install(
        new PipRecipe("sqlalchemy", new ToolFiles("sqlalchemy"), machine, "reflect.py"));
  }

  /** {@code initdb} and {@code postgres}, from Maven Central. */
  public Program postgres() {
    return cache.install(new PostgresRecipe());
  }

  /**
   * {@code mariadbd} and its clients, from Maven Central; only where tests have put its jar on the
   * class path.
   */
  public Program mariadb() {
    return cache.install(new MariaDbRecipe());
  }
}
