package io.tas.dbhub.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.RunningApi;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Grants;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.storage.inventory.ListQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule by itself; and that lists, which Neo4j makes, keep the same one. */
@ExtendWith(RunningApi.class)
final class PermissionsTest {
  private final World world;
  private final Scope scope = new Scope("t-" + UUID.randomUUID(), "main");

  PermissionsTest(World world) {
    this.world = world;
  }

  @ParameterizedTest
  @CsvSource({
    // owner, grants, subject, role, level
    "olga, , olga, viewer, view",
    "olga, , olga, analyst, write",
    "olga, , olga, editor, manage",
    "olga, , eve, editor, ",
    "olga, , op, operator, manage",
    "'', , eve, editor, ",
    "olga, user:eve manage, eve, viewer, view",
    "olga, user:eve manage, eve, analyst, write",
    "olga, user:eve view, eve, editor, view",
    "olga, user:eve view; role:analyst write, eve, editor, write",
    "olga, user:eve view; role:analyst write, eve, viewer, view",
    "olga, role:editor manage, eve, analyst, ",
    "olga, role:viewer query, eve, viewer, view",
    "olga, role:viewer query, eve, editor, query",
    "olga, user:EVE view, eve, editor, ",
    "olga, user:role:viewer view, eve, viewer, ",
  })
  void theLevelIsTheGrantsUpToTheRole(
      String owner, @Nullable String grants, String subject, String role, @Nullable String level) {
    Database database = database(owner, grants(grants));

    assertThat(Permissions.level(caller(subject, role, null), database).map(AccessLevel::wireName))
        .isEqualTo(Optional.ofNullable(level));
  }

  @Test
  void withoutAKnownRoleOrInAnotherScopeNothingExists() {
    Database database = database("olga", Grants.byDefault().grants());
    Scope elsewhere = new Scope(scope.tenantId(), "elsewhere");

    assertThat(Permissions.level(new Caller("olga", scope, Optional.empty(), ""), database))
        .isEmpty();
    assertThat(
            Permissions.level(
                new Caller("olga", elsewhere, Optional.of(Role.OPERATOR), ""), database))
        .isEmpty();
  }

  /** Every list of grants of a few, for everybody of a few, is seen in lists as the rule says. */
  @Test
  void listsKeepTheSameRule() {
    List<String> some =
        List.of("role:viewer view", "role:analyst query", "role:editor manage", "user:eve write");
    List<Database> databases = new ArrayList<>();
    for (int chosen = 0; chosen < 1 << some.size(); chosen++) {
      List<Grant> grants = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        if ((chosen >> i & 1) == 1) {
          grants.addAll(grants(some.get(i)));
        }
      }
      databases.add(kept(chosen % 3 == 0 ? "eve" : "olga", grants));
    }
    for (Role role : Role.values()) {
      for (String subject : List.of("olga", "eve", "somebody")) {
        for (TokenScope token :
            new TokenScope[] {
              null, token(role, null), token(role, List.of(databases.get(3).id(), "gone"))
            }) {
          Caller caller = caller(subject, role.wireName(), token);
          List<String> listed =
              world
                  .inventory
                  .databases
                  .list(scope, Permissions.onlooker(caller), ListQuery.page(1, 100))
                  .databases()
                  .stream()
                  .map(Database::id)
                  .toList();

          assertThat(listed)
              .as(caller.toString())
              .containsExactlyInAnyOrderElementsOf(
                  databases.stream()
                      .filter(database -> Permissions.level(caller, database).isPresent())
                      .map(Database::id)
                      .toList());
        }
      }
    }
  }

  private Database kept(String owner, List<Grant> grants) {
    Database database = database(owner, grants);
    world.inventory.databases.create(database.definition(), database.secret(), database.resource());
    return database.withGrants(
        world.inventory.databases.replaceGrants(scope, database.id(), grants, 0));
  }

  private Database database(String owner, List<Grant> grants) {
    String id = UUID.randomUUID().toString();
    return new Database(
            new DatabaseDefinition(
                id,
                scope,
                owner,
                id,
                new Target(DatabaseType.POSTGRES, "h", 5432, "d", SslMode.DISABLE, 30, 15),
                new AccessPolicy(true, 1000),
                Map.of(),
                "",
                "",
                true),
            new ResourceRef("ns", "s" + id),
            new ResourceRef("ns", "r" + id),
            DatabaseStatus.CONNECTED,
            "",
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            1)
        .withGrants(new Grants(grants, 0));
  }

  private Caller caller(String subject, String role, @Nullable TokenScope token) {
    return new Caller(
        subject, scope, Role.fromWireName(role), "127.0.0.1", Optional.ofNullable(token));
  }

  private static TokenScope token(Role issuer, @Nullable List<String> databases) {
    return new TokenScope("id", "name", issuer, AccessLevel.QUERY, databases);
  }

  /** Separated by semicolons, each a principal and its level. */
  private static List<Grant> grants(@Nullable String text) {
    List<Grant> grants = new ArrayList<>();
    if (text != null) {
      for (String grant : text.split("; ", -1)) {
        int end = grant.lastIndexOf(' ');
        grants.add(
            new Grant(
                grant.substring(0, end),
                AccessLevel.fromWireName(grant.substring(end + 1)).orElseThrow()));
      }
    }
    return grants;
  }
}
