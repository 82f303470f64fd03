package io.tas.dbhub.storage.inventory;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No statement finds or makes a database, or what is left of one, without saying whose. Every text
 * in the compiled packages that is Cypher is looked at: one that is added is checked without being
 * listed anywhere.
 */
class CypherScopeTest {
  private static final Pattern CYPHER =
      Pattern.compile("\\b(MATCH|MERGE|CREATE|UNWIND|DELETE|DETACH|CALL|USING)\\b");

  /** A node in a pattern: its name, label and properties, each of which may be missing. */
  private static final Pattern NODE =
      Pattern.compile("(?<![\\w.])\\((\\w*)(:\\w+)?\\s*(\\{[^}]*\\})?\\)");

  /** Between two parts of one database. */
  private static final Pattern WITHIN = Pattern.compile("<?-\\[\\w*:(OF|IN|REFERENCES)\\]->?");

  /** What is not for a caller, or is held to its scope in another way, and why that is right. */
  private static final Map<String, String> UNSCOPED =
      Map.of(
          "InventorySchema",
          "makes constraints and indexes and touches no node",
          "InventoryImport",
          "writes whole databases, scope and all, and reads none",
          "Comparison",
          "goes over all tenants for the comparison with Kubernetes and answers no caller",
          "SchemaAgenda",
          "tells the worker what is due, of all tenants, and answers no caller",
          "DatabaseNodes: MERGE (d:Database {id: $id}) ON CREATE SET d += $properties RETURN d",
          "creates, scope and all; a node of another scope is answered with IdTakenException",
          "ServingGraph: MERGE (i:DBHubInstance {namespace: $namespace, name: $name})",
          "an instance reports what it serves, of all tenants",
          "ServingGraph: MATCH (i:DBHubInstance {namespace: $namespace, name: $name})",
          "likewise; a database counts only if it names the resource that the report names");

  @Test
  void everyStatementForACallerIsBoundToTenantAndSpace() throws Exception {
    Map<String, String> statements = statements();

    List<String> unbound = new ArrayList<>();
    statements.forEach(
        (where, statement) -> {
          if (UNSCOPED.keySet().stream().noneMatch(where::startsWith)) {
            unbound.addAll(unbound(where, statement));
          }
        });

    assertThat(statements).hasSizeGreaterThan(60);
    assertThat(unbound).isEmpty();
  }

  @Test
  void everyExceptionIsStillNeeded() throws Exception {
    Map<String, String> statements = statements();

    for (String exception : UNSCOPED.keySet()) {
      assertThat(statements.keySet()).anyMatch(where -> where.startsWith(exception));
    }
  }

  @Test
  void everyListingIsBoundToTenantAndSpace() {
    List<String> listings =
        Stream.concat(
                ListStatement.all().flatMap(listing -> Stream.of(listing.page(), listing.count())),
                Stream.of(ListStatement.countAll()))
            .toList();

    assertThat(listings).allSatisfy(text -> assertThat(unbound("listing", text)).isEmpty());
  }

  @Test
  void aStatementThatForgetsTheScopeIsCaught() {
    for (String forgetful :
        List.of(
            "MATCH (d:Database {id: $id}) RETURN d",
            "MATCH (d:Database) WHERE d.tenant_id = $tenant_id RETURN d",
            "MATCH (d:Database {id: $id, space_id: $space_id}) RETURN d",
            "MATCH (n {id: $id}) RETURN n",
            "MATCH () RETURN count(*)",
            "MERGE (l:Leftover {what: $what})",
            "CREATE (d:Database)",
            "MATCH (i:DBHubInstance)-[:SERVES]->(d:Database) RETURN d",
            "MATCH (l:DatabaseLabel) RETURN l",
            "MATCH (a:Database), (b:Database)"
                + " WHERE a.tenant_id = $tenant_id AND a.space_id = $space_id RETURN b")) {
      assertThat(unbound("new", forgetful)).as(forgetful).isNotEmpty();
    }
    assertThat(
            unbound(
                "new",
                "MATCH (d:Database) WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id"
                    + " RETURN d"))
        .isEmpty();
  }

  /**
   * What is reached from a part of the same database needs no further filter: labels, catalogues
   * and their tables are never linked with another's.
   */
  private static List<String> unbound(String where, String statement) {
    Map<String, String> labels = new HashMap<>();
    Set<String> names = new TreeSet<>();
    Set<String> bound = new HashSet<>();
    List<List<String>> linked = new ArrayList<>();
    Matcher nodes = NODE.matcher(statement);
    String before = "";
    int end = 0;
    while (nodes.find()) {
      String name = nodes.group(1).isEmpty() ? "anonymous " + nodes.start() : nodes.group(1);
      names.add(name);
      if (WITHIN.matcher(statement.substring(end, nodes.start())).matches()) {
        linked.add(List.of(before, name));
      }
      before = name;
      end = nodes.end();
      if (nodes.group(2) != null) {
        labels.put(name, nodes.group(2));
      }
      if (boundInside(nodes.group(3)) || boundOutside(name, statement)) {
        bound.add(name);
      }
    }
    while (linked.stream()
        .filter(pair -> pair.stream().anyMatch(bound::contains))
        .anyMatch(bound::addAll)) {}
    return names.stream()
        .filter(name -> !":DBHubInstance".equals(labels.get(name)))
        .filter(name -> !bound.contains(name))
        .map(name -> where + ": " + name)
        .toList();
  }

  private static boolean boundInside(String properties) {
    return properties != null
        && properties.matches("(?s).*\\btenant_id: (\\$|\\w+\\.)tenant_id\\b.*")
        && properties.matches("(?s).*\\bspace_id: (\\$|\\w+\\.)space_id\\b.*");
  }

  private static boolean boundOutside(String name, String statement) {
    return statement.contains(name + ".tenant_id = $tenant_id")
        && statement.contains(name + ".space_id = $space_id");
  }

  /** By class and text. Those of listings are put together from parts, and looked at as a whole. */
  static Map<String, String> statements() throws IOException, URISyntaxException {
    URI classes =
        DatabaseInventory.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path storage = Path.of(classes).resolve("io/tas/dbhub/storage");
    Map<String, String> statements = new HashMap<>();
    try (Stream<Path> inventory = Files.list(storage.resolve("inventory"));
        Stream<Path> catalogue = Files.list(storage.resolve("catalogue"))) {
      Stream<Path> files = Stream.concat(inventory, catalogue);
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replaceFirst("(\\$.*)?\\.class$", "");
        if (!name.equals("ListStatement")) {
          for (String text : constants(file)) {
            if (CYPHER.matcher(text).find()) {
              statements.put(name + ": " + text, text);
            }
          }
        }
      }
    }
    return statements;
  }

  /** The strings that a class file holds, wherever in the class they stand. */
  private static Set<String> constants(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(8);
      int count = in.readUnsignedShort();
      Map<Integer, String> texts = new HashMap<>();
      Set<Integer> strings = new HashSet<>();
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts.put(i, in.readUTF());
          case 8 -> strings.add(in.readUnsignedShort());
          case 7, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
          case 5, 6 -> {
            in.skipNBytes(8);
            i++;
          }
          default -> throw new IOException("unknown constant " + tag);
        }
      }
      return strings.stream().map(texts::get).collect(toCollection(TreeSet::new));
    }
  }
}
