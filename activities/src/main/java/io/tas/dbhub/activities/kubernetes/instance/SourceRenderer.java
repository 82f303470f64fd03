package io.tas.dbhub.activities.kubernetes.instance;

import io.tas.dbhub.activities.jdbc.net.WrittenHosts;
import io.tas.dbhub.activities.kubernetes.CredentialSource;
import io.tas.dbhub.activities.kubernetes.Targets;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseSpec;
import io.tas.dbhub.activities.kubernetes.crd.DefaultPolicy;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.Credentials;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Renders one database as a source of DBHub 1.4.0, or says why DBHub cannot serve it. One refused
 * source ends the whole of DBHub, so whatever it would refuse is left out here.
 */
final class SourceRenderer {
  private static final int LONGEST_VARIABLE = 253;

  /**
   * DBHub glues a URL from host and port and cuts it at the first colon: no IPv6, no '@' or '/'.
   */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?");

  /** DBHub encodes the name into a URL and never decodes it: these are left as they are. */
  private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9._!~*'()-]+");

  /** What survives in the path of the URL that DBHub glues for SQLite. */
  private static final Pattern FILE = Pattern.compile("[^?#%$\\\\\\p{Cntrl}]+");

  private final DefaultPolicy policy;
  private final Optional<SqliteVolume> sqlite;
  private final WrittenHosts hosts;

  SourceRenderer(DefaultPolicy policy, InstanceSettings settings) {
    this.policy = policy;
    this.sqlite = settings.sqlite();
    this.hosts = settings.hosts();
  }

  sealed interface Rendering {
    /**
     * Not printable: it holds credentials.
     *
     * @param source the table of {@code [[sources]]}
     * @param tools its tables of {@code [[tools]]}
     * @param writesFile it is a file, and statements may change it
     * @param secrets the credentials by variable
     * @param credentialsRevision names their state; null where it has no name
     */
    record Rendered(
        String sourceId,
        Map<String, Object> source,
        List<Map<String, Object>> tools,
        boolean writesFile,
        Map<String, String> secrets,
        @Nullable String credentialsRevision)
        implements Rendering {
      @Override
      public String toString() {
        return "Rendered[" + sourceId + "]";
      }
    }

    /**
     * @param reason half a sentence, without credentials
     */
    record Refused(String reason) implements Rendering {}
  }

  Rendering render(SelectedDatabase database) {
    if (database.credentials() instanceof CredentialSource.Answer.Missing missing) {
      return new Rendering.Refused(missing.error().message());
    }
    CredentialSource.Answer.Available available =
        (CredentialSource.Answer.Available) database.credentials();
    String id = SourceNames.sourceId(database.name());
    List<Map<String, Object>> tools = tools(id, database.resource().getSpec());
    if (tools.isEmpty()) {
      return new Rendering.Refused("the instance's allowedOperations allow nothing DBHub offers");
    }
    Target target = Targets.of(database.resource());
    return target.type() == DatabaseType.SQLITE
        ? file(id, target, tools)
        : server(id, target, available, tools);
  }

  private Rendering server(
      String id,
      Target target,
      CredentialSource.Answer.Available available,
      List<Map<String, Object>> tools) {
    Credentials credentials = available.credentials();
    Optional<String> obstacle = obstacle(id, target, credentials);
    if (obstacle.isPresent()) {
      return new Rendering.Refused(obstacle.get());
    }
    String user = SourceNames.userVariable(id);
    String password = SourceNames.passwordVariable(id);
    Map<String, Object> source = lazySource(id, target.type());
    source.put("host", target.host());
    source.put("port", target.port());
    source.put("database", target.database());
    source.put("user", "${" + user + "}");
    source.put("password", "${" + password + "}");
    source.put("sslmode", target.sslMode().wireName());
    source.put("connection_timeout", target.connectionTimeoutSeconds());
    source.put("query_timeout", target.queryTimeoutSeconds());
    Map<String, String> secrets = new TreeMap<>();
    secrets.put(user, credentials.username());
    secrets.put(password, credentials.password());
    return new Rendering.Rendered(id, source, tools, false, secrets, available.revision());
  }

  private Optional<String> obstacle(String id, Target target, Credentials credentials) {
    boolean verifies =
        target.sslMode() == SslMode.VERIFY_CA || target.sslMode() == SslMode.VERIFY_FULL;
    if (target.host().isEmpty() || target.port() == 0) {
      return Optional.of("host and port are required");
    }
    if (!HOST.matcher(target.host()).matches()) {
      return Optional.of("DBHub takes a hostname or an IPv4 address as host");
    }
    if (hosts.forbids(target.host(), target.port())) {
      return Optional.of("the host is an address that must not be connected to");
    }
    if (!DATABASE.matcher(target.database()).matches()) {
      return Optional.of(
          "DBHub cannot open a database whose name holds other than plain characters");
    }
    if (verifies && target.type() != DatabaseType.POSTGRES) {
      return Optional.of(
          "DBHub cannot check certificates for "
              + target.type().wireName()
              + "; sslMode can be require or disable");
    }
    if (credentials.username().isEmpty() || credentials.password().isEmpty()) {
      return Optional.of("DBHub needs a username and a password that are not empty");
    }
    if (credentials.username().indexOf('\0') >= 0 || credentials.password().indexOf('\0') >= 0) {
      return Optional.of("no process can be given credentials that hold a zero character");
    }
    return SourceNames.passwordVariable(id).length() > LONGEST_VARIABLE
        ? Optional.of("the resource's name is too long for a key of a Secret")
        : Optional.empty();
  }

  private Rendering file(String id, Target target, List<Map<String, Object>> tools) {
    if (sqlite.isEmpty()) {
      return new Rendering.Refused("no directory with SQLite files is mounted");
    }
    Path directory = sqlite.get().mountPath();
    Optional<Path> path = inside(directory, target.database());
    if (path.isEmpty()) {
      return new Rendering.Refused("the file is outside of the directory for SQLite files");
    }
    if (!FILE.matcher(path.get().toString()).matches()) {
      return new Rendering.Refused("DBHub cannot open a file of this name");
    }
    Map<String, Object> source = lazySource(id, target.type());
    source.put("database", path.get().toString());
    boolean writes = tools.stream().anyMatch(tool -> Boolean.FALSE.equals(tool.get("readonly")));
    return new Rendering.Rendered(id, source, tools, writes, Map.of(), null);
  }

  private static Optional<Path> inside(Path directory, String database) {
    try {
      Path path = directory.resolve(database);
      for (Path part : path) {
        if (part.toString().equals("..")) {
          return Optional.empty();
        }
      }
      Path normal = path.normalize();
      return normal.startsWith(directory) && !normal.equals(directory)
          ? Optional.of(normal)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private List<Map<String, Object>> tools(String id, DatabaseSpec spec) {
    List<Map<String, Object>> tools = new ArrayList<>();
    if (policy.allowedOperations().contains(DefaultPolicy.EXECUTE_SQL)) {
      Map<String, Object> tool = tool(DefaultPolicy.EXECUTE_SQL, id);
      tool.put("readonly", spec.readOnly() || policy.readonly());
      tool.put("max_rows", Math.min(spec.maxRows(), policy.maxRows()));
      tools.add(tool);
    }
    if (policy.allowedOperations().contains(DefaultPolicy.SEARCH_OBJECTS)) {
      tools.add(tool(DefaultPolicy.SEARCH_OBJECTS, id));
    }
    return tools;
  }

  /** What the tool that runs SQL lets be done. */
  static AccessPolicy policy(Map<String, Object> tool) {
    boolean writes = Boolean.FALSE.equals(tool.get("readonly"));
    return new AccessPolicy(!writes, tool.get("max_rows") instanceof Integer most ? most : 1);
  }

  /** Lazy: DBHub ends when a source that is not lazy cannot connect. */
  static Map<String, Object> lazySource(String id, DatabaseType type) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("id", id);
    source.put("type", type.wireName());
    source.put("lazy", true);
    return source;
  }

  static Map<String, Object> tool(String name, String sourceId) {
    Map<String, Object> tool = new LinkedHashMap<>();
    tool.put("name", name);
    tool.put("source", sourceId);
    return tool;
  }
}
