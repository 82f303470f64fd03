package io.tas.dbhub.activities.kubernetes.instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.tas.dbhub.activities.kubernetes.crd.DefaultPolicy;
import io.tas.dbhub.core.instance.Source;
import io.tas.dbhub.core.model.DatabaseType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Renders what the servers of an instance are given. Pure: the same databases, in whatever order,
 * make the same bytes.
 */
final class InstanceRenderer {
  static final String TOKEN_VARIABLE = "DBHUB_AUTH_TOKEN";

  private static final TomlMapper TOML = new TomlMapper();
  private static final int HASH_BYTES = 16;

  private final SourceRenderer sources;
  private final String token;

  /**
   * @param token that DBHub shall demand
   */
  InstanceRenderer(SourceRenderer sources, String token) {
    this.sources = sources;
    this.token = token;
  }

  /**
   * @param assignment which server serves which of those that can be served
   */
  RenderedInstance render(List<SelectedDatabase> databases, Assignment assignment) {
    NavigableMap<String, Served> served = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (SelectedDatabase database : sorted(databases)) {
      SourceRenderer.Rendering rendering = sources.render(database);
      if (rendering instanceof SourceRenderer.Rendering.Rendered rendered) {
        served.put(database.name(), new Served(database, rendered));
      } else if (rendering instanceof SourceRenderer.Rendering.Refused refused) {
        problems.add(database.name() + ": " + refused.reason() + ".");
      }
    }
    NavigableMap<Integer, NavigableSet<String>> homes = assignment.of(served.keySet());
    NavigableMap<Integer, RenderedServer> servers = new TreeMap<>();
    homes.forEach((number, names) -> servers.put(number, server(of(names, served))));
    return new RenderedInstance(servers, assignment.order(homes), problems);
  }

  private static List<Served> of(Set<String> names, NavigableMap<String, Served> served) {
    return served.entrySet().stream()
        .filter(one -> names.contains(one.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static List<SelectedDatabase> sorted(List<SelectedDatabase> databases) {
    return databases.stream()
        // One that is set aside is left out, which is no problem: its owner wants it so.
        .filter(database -> database.resource().getSpec().active())
        .sorted(Comparator.comparing(SelectedDatabase::name))
        .toList();
  }

  /** A database with what it is rendered to. */
  private record Served(SelectedDatabase database, SourceRenderer.Rendering.Rendered rendered) {
    Source source() {
      Source source =
          new Source(
              database.resource().ref(),
              database.databaseId(),
              rendered.sourceId(),
              rendered.credentialsRevision());
      return rendered.tools().stream()
          .filter(tool -> DefaultPolicy.EXECUTE_SQL.equals(tool.get("name")))
          .findFirst()
          .map(tool -> source.under(SourceRenderer.policy(tool)))
          .orElseGet(source::withoutSql);
    }

    /** It holds credentials. */
    @Override
    public String toString() {
      return "Served[" + database.name() + "]";
    }
  }

  private RenderedServer server(List<Served> served) {
    List<Map<String, Object>> sourceTables = new ArrayList<>();
    List<Map<String, Object>> toolTables = new ArrayList<>();
    NavigableMap<String, String> environment = new TreeMap<>();
    boolean writesFiles = false;
    addSentinel(sourceTables, toolTables);
    environment.put(TOKEN_VARIABLE, token);
    for (Served one : served) {
      SourceRenderer.Rendering.Rendered rendered = one.rendered();
      sourceTables.add(rendered.source());
      toolTables.addAll(rendered.tools());
      environment.putAll(rendered.secrets());
      writesFiles |= rendered.writesFile();
    }
    String toml = toml(sourceTables, toolTables);
    return new RenderedServer(
        toml,
        environment,
        hash(toml, environment),
        writesFiles,
        served.stream().map(Served::source).toList());
  }

  /**
   * A first source that is always there: with fewer than two DBHub names its tools differently, and
   * with none it exits.
   */
  private static void addSentinel(
      List<Map<String, Object>> sources, List<Map<String, Object>> tools) {
    Map<String, Object> source =
        SourceRenderer.lazySource(SourceNames.SENTINEL, DatabaseType.SQLITE);
    source.put("database", ":memory:");
    sources.add(source);
    tools.add(SourceRenderer.tool(DefaultPolicy.SEARCH_OBJECTS, SourceNames.SENTINEL));
  }

  private static String toml(List<Map<String, Object>> sources, List<Map<String, Object>> tools) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("sources", sources);
    document.put("tools", tools);
    try {
      return TOML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts, numbers and booleans are always writable", e);
    }
  }

  /** Keyed, because the hash is public and a password short enough could be guessed from it. */
  private String hash(String toml, NavigableMap<String, String> environment) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(toml.getBytes(StandardCharsets.UTF_8));
      environment.forEach(
          (variable, value) -> {
            mac.update((byte) 0);
            mac.update(variable.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(value.getBytes(StandardCharsets.UTF_8));
          });
      return HexFormat.of().formatHex(mac.doFinal(), 0, HASH_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
