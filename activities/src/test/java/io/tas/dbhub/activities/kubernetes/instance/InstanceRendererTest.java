package io.tas.dbhub.activities.kubernetes.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.kubernetes.crd.DefaultPolicy;
import io.tas.dbhub.core.instance.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

class InstanceRendererTest {
  private static final String TARGET = "type: postgres, host: db.example, port: 5432";
  private static final DefaultPolicy OPEN =
      new DefaultPolicy(false, 100_000, List.of("execute_sql", "search_objects"));

  private final SqliteVolume sqlite = new SqliteVolume(Path.of("/data"), Path.of("/srv/data"));

  @Test
  void noDatabaseAtAllStillRendersTheSentinel() {
    RenderedInstance rendered = render(OPEN);

    TomlTable sentinel = sources(rendered).getTable(0);
    assertThat(sentinel.getString("id")).isEqualTo("_none");
    assertThat(sentinel.getString("type")).isEqualTo("sqlite");
    assertThat(sentinel.getString("database")).isEqualTo(":memory:");
    assertThat(tools(rendered)).hasSize(1);
    assertThat(tools(rendered).get(0).getString("name")).isEqualTo("search_objects");
    assertThat(only(rendered).environment().keySet()).containsExactly("DBHUB_AUTH_TOKEN");
  }

  @Test
  void aDatabaseIsRenderedFieldByField() {
    RenderedInstance rendered = render(OPEN, Worlds.postgres("db-1"));

    TomlTable source = sources(rendered).getTable(1);
    assertThat(source.toMap())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("id", "db_1"),
                Map.entry("type", "postgres"),
                Map.entry("lazy", true),
                Map.entry("host", "db.example"),
                Map.entry("port", 5432L),
                Map.entry("database", "shop"),
                Map.entry("user", "${DBHUB_db_1_USER}"),
                Map.entry("password", "${DBHUB_db_1_PASSWORD}"),
                Map.entry("sslmode", "disable"),
                Map.entry("connection_timeout", 30L),
                Map.entry("query_timeout", 15L)));
    assertThat(only(rendered).environment())
        .containsEntry("DBHUB_db_1_USER", "app")
        .containsEntry("DBHUB_db_1_PASSWORD", "secret of db-1");
    assertThat(only(rendered).toml()).doesNotContain("secret of");
  }

  @Test
  void theSameDatabasesInAnyOrderRenderTheSameBytes() {
    List<SelectedDatabase> some = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      some.add(Worlds.postgres("db-" + i));
    }
    Assignment three = new Assignment(Map.of(), 10, number -> true);
    RenderedInstance first = renderer(OPEN).render(some, three);
    Collections.reverse(some);
    RenderedInstance second = renderer(OPEN).render(some, three);

    assertThat(first.servers()).hasSize(3);
    first
        .servers()
        .forEach(
            (number, server) ->
                assertThat(second.servers().get(number).toml()).isEqualTo(server.toml()));
    assertThat(second.configHash()).isEqualTo(first.configHash());
  }

  @Test
  void aRotatedPasswordChangesTheHashAndNotTheConfiguration() {
    String spec = TARGET + ", database: d";
    RenderedInstance before = render(OPEN, Worlds.database("a", spec, "app", "old"));
    RenderedInstance after = render(OPEN, Worlds.database("a", spec, "app", "new"));

    assertThat(only(after).toml()).isEqualTo(only(before).toml());
    assertThat(after.configHash()).isNotEqualTo(before.configHash());
  }

  @Test
  void theNameOfTheCredentialsStateIsToldAndNeedsNoRollout() {
    RenderedInstance before = render(OPEN, Worlds.revised("a", "r1"));
    RenderedInstance after = render(OPEN, Worlds.revised("a", "r2"));

    assertThat(after.configHash()).isEqualTo(before.configHash());
    assertThat(only(before).sources())
        .extracting(Source::credentialsRevision)
        .containsExactly("r1");
    assertThat(only(after).sources()).extracting(Source::credentialsRevision).containsExactly("r2");
  }

  @Test
  void oneThatIsSetAsideIsLeftOutWithoutComplaint() {
    RenderedInstance rendered =
        render(
            OPEN,
            Worlds.postgres("used"),
            Worlds.database("aside", TARGET + ", database: d, active: false"));

    assertThat(only(rendered).sources()).extracting(Source::sourceId).containsExactly("used");
    assertThat(rendered.problems()).isEmpty();
    assertThat(only(rendered).environment()).doesNotContainKey("DBHUB_aside_PASSWORD");
  }

  @Test
  void namesThatDifferStayDifferent() {
    RenderedInstance rendered =
        render(
            OPEN,
            Worlds.postgres("a.b"),
            Worlds.postgres("a-b"),
            Worlds.postgres("a-dot-b"),
            Worlds.postgres("ab"));

    assertThat(only(rendered).sources())
        .extracting(Source::sourceId)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[A-Za-z0-9_]+"));
    assertThat(only(rendered).environment())
        .containsEntry("DBHUB_a_b_PASSWORD", "secret of a-b")
        .containsEntry("DBHUB_a_DOT_b_PASSWORD", "secret of a.b");
  }

  @ParameterizedTest
  @CsvSource({
    "true, 500, false, 1000, true, 500",
    "false, 500, true, 1000, true, 500",
    "false, 5000, false, 1000, false, 1000"
  })
  void theStricterOfDatabaseAndInstanceHolds(
      boolean databaseReadOnly,
      int databaseRows,
      boolean instanceReadOnly,
      int instanceRows,
      boolean readOnly,
      long rows) {
    DefaultPolicy policy =
        new DefaultPolicy(instanceReadOnly, instanceRows, List.of("execute_sql"));
    RenderedInstance rendered =
        render(
            policy,
            Worlds.database(
                "a",
                TARGET
                    + ", database: d, readOnly: "
                    + databaseReadOnly
                    + ", maxRows: "
                    + databaseRows));

    TomlTable tool = tools(rendered).get(1);
    assertThat(tool.getString("name")).isEqualTo("execute_sql");
    assertThat(tool.getBoolean("readonly")).isEqualTo(readOnly);
    assertThat(tool.getLong("max_rows")).isEqualTo(rows);
    assertThat(tools(rendered)).hasSize(2);
  }

  @Test
  void withoutAPolicyAnInstanceIsReadOnly() {
    DefaultPolicy policy = Worlds.instance("replicas: 1").settings().defaultPolicy();
    RenderedInstance rendered =
        render(
            policy,
            Worlds.database("a", TARGET + ", database: d, readOnly: false, maxRows: 50000"));

    assertThat(tools(rendered).get(1).getBoolean("readonly")).isTrue();
    assertThat(tools(rendered).get(1).getLong("max_rows")).isEqualTo(1000);
  }

  @Test
  void anInstanceThatAllowsNothingServesNothing() {
    RenderedInstance rendered =
        render(new DefaultPolicy(true, 10, List.of()), Worlds.postgres("a"));

    assertThat(only(rendered).sources()).isEmpty();
    assertThat(rendered.problems()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: postgres, host: h, port: 1, database: 'x?sslmode=disable&application_name=\"y'",
        "type: postgres, host: h, port: 1, database: '${DBHUB_AUTH_TOKEN}'",
        "type: postgres, host: h, port: 1, database: 'two words'",
        "type: postgres, host: '${HOME}', port: 1, database: d",
        "type: postgres, host: 'a@b', port: 1, database: d",
        "type: postgres, host: '::1', port: 1, database: d",
        "type: postgres, host: 169.254.169.254, port: 80, database: d",
        "type: postgres, host: 127.0.0.1, port: 5432, database: d",
        "type: postgres, database: d",
        "type: mysql, host: h, port: 1, database: d, sslMode: verify-full"
      })
  void whatDbhubCannotDoIsLeftOutAndTheOthersGoOn(String spec) {
    RenderedInstance rendered = render(OPEN, Worlds.database("bad", spec), Worlds.postgres("good"));

    assertThat(only(rendered).sources()).extracting(Source::sourceId).containsExactly("good");
    assertThat(rendered.problems()).hasSize(1).allMatch(problem -> problem.startsWith("bad: "));
    assertThat(sources(rendered).size()).isEqualTo(2);
    assertThat(only(rendered).environment()).doesNotContainKey("DBHUB_bad_PASSWORD");
  }

  @Test
  void missingCredentialsLeaveOutOneDatabaseOnly() {
    RenderedInstance rendered =
        render(
            OPEN,
            Worlds.withoutCredentials("bad", "the Secret creds does not exist"),
            Worlds.postgres("good"));

    assertThat(only(rendered).sources()).extracting(Source::sourceId).containsExactly("good");
    assertThat(rendered.problems()).containsExactly("bad: the Secret creds does not exist.");
  }

  @Test
  void anEmptyPasswordIsLeftOutBecauseDbhubWouldEnd() {
    RenderedInstance rendered =
        render(OPEN, Worlds.database("bad", TARGET + ", database: d", "app", ""));

    assertThat(only(rendered).sources()).isEmpty();
    assertThat(rendered.problems()).hasSize(1);
  }

  @Test
  void aFileIsOpenedInsideOfTheDirectory() {
    RenderedInstance rendered =
        render(OPEN, Worlds.database("file", "type: sqlite, database: shop/sales.db"));

    assertThat(sources(rendered).getTable(1).toMap())
        .isEqualTo(
            Map.of(
                "id", "file", "type", "sqlite", "lazy", true, "database", "/data/shop/sales.db"));
    assertThat(only(rendered).environment().keySet()).containsExactly("DBHUB_AUTH_TOKEN");
  }

  @Test
  void filesAreWrittenOnlyWhereADatabaseIsAFileAndWritable() {
    String file = "type: sqlite, database: sales.db, readOnly: ";
    SelectedDatabase server = Worlds.database("a", TARGET + ", database: d, readOnly: false");

    assertThat(only(render(OPEN, server, Worlds.database("f", file + true))).writesFiles())
        .isFalse();
    assertThat(only(render(OPEN, server, Worlds.database("f", file + false))).writesFiles())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret.db", "/etc/passwd", "a/../../x.db", "/data/../x", ".", "a?mode=rw"})
  void aFileOutsideOfTheDirectoryIsRefused(String path) {
    RenderedInstance rendered =
        render(OPEN, Worlds.database("file", "type: sqlite, database: '" + path + "'"));

    assertThat(only(rendered).sources()).isEmpty();
    assertThat(rendered.problems()).hasSize(1);
  }

  @Test
  void aChangeOfOneDatabaseChangesItsServerOnly() {
    Assignment two = new Assignment(Map.of(), 1, number -> true);
    RenderedInstance before =
        renderer(OPEN).render(List.of(Worlds.postgres("a"), Worlds.postgres("b")), two);
    RenderedInstance after =
        renderer(OPEN)
            .render(
                List.of(
                    Worlds.postgres("a"),
                    Worlds.database("b", TARGET + ", database: shop", "app", "another")),
                two);

    assertThat(after.servers().get(0).configHash()).isEqualTo(before.servers().get(0).configHash());
    assertThat(after.servers().get(1).configHash())
        .isNotEqualTo(before.servers().get(1).configHash());
    assertThat(after.configHash()).isNotEqualTo(before.configHash());
  }

  @Test
  void everyServerHasTheSentinelTheTokenAndTheCredentialsOfItsOwnDatabases() {
    RenderedInstance rendered =
        renderer(OPEN)
            .render(
                List.of(Worlds.postgres("a"), Worlds.postgres("b")),
                new Assignment(Map.of(), 1, number -> true));

    assertThat(rendered.servers().get(0).environment().keySet())
        .containsExactly("DBHUB_AUTH_TOKEN", "DBHUB_a_PASSWORD", "DBHUB_a_USER");
    assertThat(rendered.servers().get(1).environment().keySet())
        .containsExactly("DBHUB_AUTH_TOKEN", "DBHUB_b_PASSWORD", "DBHUB_b_USER");
    assertThat(rendered.servers().values())
        .allSatisfy(server -> assertThat(server.toml()).contains("_none"));
    assertThat(rendered.sources(number -> "main-" + number))
        .extracting(Source::server)
        .containsExactly("main-0", "main-1");
  }

  @Test
  void aThousandDatabasesFitIntoAServerAndThreeThousandDoNot() {
    List<SelectedDatabase> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(Worlds.postgres("a-name-of-usual-length-" + i));
    }
    assertThat(only(renderer(OPEN).render(many, Assignment.toOne())).tooLarge()).isFalse();
    for (int i = 1000; i < 3000; i++) {
      many.add(Worlds.postgres("a-name-of-usual-length-" + i));
    }
    assertThat(only(renderer(OPEN).render(many, Assignment.toOne())).tooLarge()).isTrue();
  }

  @Test
  void whereNobodyMayRunSqlIsTold() {
    DefaultPolicy search = new DefaultPolicy(true, 10, List.of("search_objects"));

    assertThat(only(render(search, Worlds.postgres("db-1"))).sources())
        .extracting(Source::searchOnly)
        .containsExactly(true);
    assertThat(only(render(OPEN, Worlds.postgres("db-1"))).sources())
        .extracting(Source::searchOnly)
        .containsOnlyNulls();
  }

  @Test
  void whatCannotBeServedTakesNobodysPlace() {
    RenderedInstance rendered =
        renderer(OPEN)
            .render(
                List.of(
                    Worlds.withoutCredentials("a", "the Secret creds does not exist"),
                    Worlds.postgres("b")),
                new Assignment(Map.of(), 1, number -> true));

    assertThat(only(rendered).databases()).containsExactly("b");
  }

  private RenderedInstance render(DefaultPolicy policy, SelectedDatabase... databases) {
    return renderer(policy).render(List.of(databases), Assignment.toOne());
  }

  private InstanceRenderer renderer(DefaultPolicy policy) {
    return new InstanceRenderer(new SourceRenderer(policy, Worlds.settings(sqlite)), "the-token");
  }

  private static RenderedServer only(RenderedInstance rendered) {
    assertThat(rendered.servers().keySet()).containsExactly(0);
    return rendered.servers().firstEntry().getValue();
  }

  private static TomlArray sources(RenderedInstance rendered) {
    TomlArray sources = parse(rendered).getArray("sources");
    assertThat(sources).isNotNull();
    return sources;
  }

  private static List<TomlTable> tools(RenderedInstance rendered) {
    TomlArray tools = parse(rendered).getArray("tools");
    assertThat(tools).isNotNull();
    return tools.toList().stream().map(TomlTable.class::cast).toList();
  }

  private static TomlParseResult parse(RenderedInstance rendered) {
    TomlParseResult parsed = Toml.parse(only(rendered).toml());
    assertThat(parsed.errors()).isEmpty();
    return parsed;
  }
}
