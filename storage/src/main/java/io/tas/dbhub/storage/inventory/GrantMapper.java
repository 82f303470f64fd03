package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * Grants as properties of a database's node, and back. A node without {@code grants} has the
 * default ones, as all had before there were others.
 *
 * <p>Each grant is one text, the level in front of the principal, so that Cypher finds who is
 * granted anything by comparing whole texts. A node that not everybody sees says so in {@code
 * restricted}, which an index holds: listings look there for what they have to leave out.
 */
final class GrantMapper {
  private static final String GRANTS = "grants";
  private static final String RESTRICTED = "restricted";
  private static final String REVISION = "grants_revision";

  private GrantMapper() {}

  /** A property that is null is to be removed. */
  static Map<String, @Nullable Object> properties(Grants grants) {
    Map<String, @Nullable Object> properties = new HashMap<>();
    properties.put(
        GRANTS,
        grants.asByDefault() ? null : grants.grants().stream().map(GrantMapper::text).toList());
    properties.put(RESTRICTED, grants.seenByEverybody() ? null : true);
    properties.put(REVISION, grants.revision() == 0 ? null : grants.revision());
    return properties;
  }

  static Grants grants(MapAccessor node) {
    Value revision = node.get(REVISION);
    Value grants = node.get(GRANTS);
    return new Grants(
        grants.isNull()
            ? Grants.byDefault().grants()
            : grants.asList(value -> grant(value.asString())),
        revision.isNull() ? 0 : revision.asLong());
  }

  /** Every text that grants one of these anything. */
  static List<String> texts(Set<String> principals) {
    return principals.stream()
        .flatMap(
            principal ->
                Arrays.stream(AccessLevel.values()).map(level -> new Grant(principal, level)))
        .map(GrantMapper::text)
        .collect(Collectors.toUnmodifiableList());
  }

  private static String text(Grant grant) {
    return grant.level().wireName() + " " + grant.principal();
  }

  private static Grant grant(String text) {
    int end = text.indexOf(' ');
    return new Grant(
        text.substring(end + 1),
        AccessLevel.fromWireName(text.substring(0, Math.max(0, end)))
            .orElseThrow(() -> new IllegalStateException("a node has an unknown level")));
  }
}
