package io.tas.dbhub.storage.inventory;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Cypher of a listing: one fixed text for each order and way to find, so that plans are cached.
 * Every value is a parameter.
 *
 * <p>The order comes from an index. For that the planner wants each property of the index in a
 * predicate, and those in front of the order's compared for equality. Filters then read the index
 * as well, and only the nodes of the page are fetched.
 */
record ListStatement(Sort sort, By by) {
  /** Where databases are found: in their own index, or in that of their labels. */
  enum By {
    SCOPE,
    LABEL,
    LABEL_AND_VALUE
  }

  /**
   * Answers a page's nodes in one list, {@code databases}.
   *
   * <p>The comparison of lists tells databases of one moment apart. Written with OR it would make
   * the planner join two unordered searches.
   */
  String page() {
    String reached = sort.descending() ? "<=" : ">=";
    String beyond = sort.descending() ? "<" : ">";
    return matching()
        + """
          AND %1$s %2$s $position
          AND [%1$s, %3$s] %4$s [$position, $position_id]
        WITH d ORDER BY %5$s SKIP $skip LIMIT $limit
        RETURN collect(d) AS databases
        """
            .formatted(ordered(), reached, key("id"), beyond, order());
  }

  /** Answers the number of databases on all pages as {@code total}. */
  String count() {
    return matching()
        + """
          AND %s IS NOT NULL
        RETURN count(*) AS total
        """
            .formatted(ordered());
  }

  /** The same for a listing without filters, from the narrowest index. */
  static String countAll() {
    return """
        MATCH (d:Database)
        USING INDEX SEEK d:Database(tenant_id, space_id, name)
        WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id AND d.name IS NOT NULL
        RETURN count(*) AS total
        """;
  }

  /**
   * Answers as {@code hidden} the ids of the databases that somebody does not see. Those are looked
   * for among the ones that not everybody sees, and left out by their ids, which every index of a
   * listing holds: who is hidden nothing from pays nothing for it.
   */
  static String hidden() {
    return """
        MATCH (d:Database)
        USING INDEX SEEK d:Database(tenant_id, space_id, restricted)
        WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id AND d.restricted = true
          AND coalesce(d.owner_id, '') <> $subject
          AND NOT any(grant IN coalesce(d.grants, []) WHERE grant IN $held)
        RETURN collect(d.id) AS hidden
        """;
  }

  private String matching() {
    return """
        MATCH %s
        USING INDEX SEEK %s
        WHERE %s = $tenant_id AND %s = $space_id %s
          AND %s IS NOT NULL%s
          AND ($status IS NULL OR d.status = $status)
          AND ($type IS NULL OR d.type = $type)
          AND ($text IS NULL OR toLower(%s) CONTAINS $text)
          AND NOT %s IN $hidden
          AND ($only IS NULL OR %s IN $only)
        """
        .formatted(
            by == By.SCOPE ? "(d:Database)" : "(l:DatabaseLabel)-[:OF]->(d)",
            index(),
            key("tenant_id"),
            key("space_id"),
            condition(),
            key("id"),
            sort.byName() ? "" : " AND " + key("name") + " IS NOT NULL",
            key("name"),
            key("id"),
            key("id"));
  }

  private String condition() {
    return switch (by) {
      case SCOPE -> "AND d.status IS NOT NULL AND d.type IS NOT NULL";
      case LABEL -> "AND l.key = $label_key AND l.value IS NOT NULL";
      case LABEL_AND_VALUE -> "AND l.key = $label_key AND l.value = $label_value";
    };
  }

  private String index() {
    String sorted = sort.byName() ? "name, id" : "created_at, id, name";
    return by == By.SCOPE
        ? "d:Database(tenant_id, space_id, " + sorted + ", status, type)"
        : "l:DatabaseLabel(tenant_id, space_id, key, value, " + sorted + ")";
  }

  private String order() {
    Stream<String> scope = Stream.of("tenant_id", "space_id");
    Stream<String> label = by == By.LABEL_AND_VALUE ? Stream.of("key", "value") : Stream.of();
    Stream<String> rest = Stream.of(sort.byName() ? "name" : "created_at", "id");
    String direction = sort.descending() ? " DESC" : " ASC";
    return Stream.of(scope, label, rest)
        .flatMap(properties -> properties)
        .map(property -> key(property) + direction)
        .collect(Collectors.joining(", "));
  }

  private String ordered() {
    return key(sort.byName() ? "name" : "created_at");
  }

  /** A property of what is indexed; labels carry the sorted ones of their database. */
  private String key(String property) {
    return (by == By.SCOPE ? "d." : "l.") + property;
  }

  static Stream<ListStatement> all() {
    return Arrays.stream(Sort.values())
        .flatMap(sort -> Arrays.stream(By.values()).map(by -> new ListStatement(sort, by)));
  }
}
