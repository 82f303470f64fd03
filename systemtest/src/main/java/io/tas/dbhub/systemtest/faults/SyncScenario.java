package io.tas.dbhub.systemtest.faults;

import io.temporal.client.WorkflowStub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;

/**
 * A sync: the first of a schema, or the one that finds a table more. Whatever happens the catalogue
 * shows the one or the other, whole; and each change is one version.
 */
final class SyncScenario implements Scenario {
  /** A table that a login sees once it is granted. */
  static final String LATER = "later";

  private static final String CATALOG =
      """
      MATCH (c:SchemaCatalog {database_id: $id})
      OPTIONAL MATCH (t:SchemaTable {database_id: $id})
      WITH c, t ORDER BY t.name
      WITH c, collect(t.name) AS tables
      OPTIONAL MATCH (v:SchemaVersion {database_id: $id})
      WITH c, tables, v ORDER BY v.number
      RETURN coalesce(c.version, 0) AS version, c.writing IS NOT NULL AS writing,
             toString(c.synced_at) AS synced, c.failed_at IS NOT NULL AS failed, tables,
             collect(v.number) AS versions""";

  /** So that no sync begins by itself. */
  private static final String NOT_DUE =
      "MATCH (d:Database {id: $id}) SET d.schema_due = datetime() + duration('P1D')";

  private static final String LEFT =
      """
      MATCH (n {database_id: $id})
      WHERE n:SchemaCatalog OR n:SchemaVersion OR n:SchemaTable OR n:SchemaNamespace
         OR n:SchemaChange OR n:PastTable
      RETURN labels(n)[0] AS label""";

  private final Subject subject;
  private final boolean first;
  private final Starter starter;
  private final Driver inventory;
  private final Sql target;
  private State before = State.NONE;

  /**
   * @param first whether the catalogue has nothing of the database yet
   */
  SyncScenario(Subject subject, boolean first, Starter starter, Driver inventory, Sql target) {
    this.subject = subject;
    this.first = first;
    this.starter = starter;
    this.inventory = inventory;
    this.target = target;
  }

  /** What the catalogue says of the database. */
  private record State(
      long version,
      boolean writing,
      String synced,
      boolean failed,
      List<String> tables,
      List<Long> versions) {
    static final State NONE = new State(0, false, "null", false, List.of(), List.of());

    /** Whether it is this version, whole, and the last. */
    boolean is(long number, List<String> all) {
      return version == number
          && !writing
          && tables.equals(all)
          && versions.equals(LongStream.rangeClosed(1, number).boxed().toList());
    }

    /** Whether it shows what it did, and since when. What a dead attempt wrote is not shown. */
    boolean shows(State other) {
      return version == other.version && synced.equals(other.synced);
    }
  }

  @Override
  public void prepare() {
    inventory.executableQuery(NOT_DUE).withParameters(Map.of("id", subject.id())).execute();
    if (first) {
      before = look();
      return;
    }
    Ending ending = Ending.await(starter.sync(subject), false);
    before = look();
    if (!before.is(1, there())) {
      throw new IllegalStateException("no catalogue to begin with: " + ending + ", " + before);
    }
    for (String login : List.of(subject.a().user(), subject.b().user())) {
      target.run("GRANT SELECT ON " + LATER + " TO \"" + login + "\"");
    }
  }

  @Override
  public WorkflowStub start() {
    return starter.sync(subject);
  }

  @Override
  public Optional<String> check(WorkflowStub operation, Ending ending) {
    List<String> wrong = new ArrayList<>();
    State found = look();
    long version = first ? 1 : 2;
    List<String> tables = there();
    boolean whole = found.is(version, tables);
    if (!whole && (ending instanceof Ending.Done || !found.shows(before))) {
      wrong.add("after it the catalogue says " + found + " instead of " + tables);
    }
    Ending again = Ending.await(starter.sync(subject), false);
    State healed = look();
    if (!(again instanceof Ending.Done) || !healed.is(version, tables) || healed.failed()) {
      wrong.add("the next sync is " + again + ", and the catalogue says " + healed);
    }
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
  }

  /** What the target shows this login. */
  private List<String> there() {
    return target.rows(
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind = 'r'
          AND has_table_privilege(?, c.oid, 'SELECT') ORDER BY c.relname COLLATE "C"\
        """,
        subject.a().user());
  }

  private State look() {
    List<Record> found =
        inventory
            .executableQuery(CATALOG)
            .withParameters(Map.of("id", subject.id()))
            .execute()
            .records();
    if (found.isEmpty()) {
      return State.NONE;
    }
    Record row = found.get(0);
    return new State(
        row.get("version").asLong(),
        row.get("writing").asBoolean(),
        row.get("synced").asString("null"),
        row.get("failed").asBoolean(),
        row.get("tables").asList(name -> name.asString()),
        row.get("versions").asList(number -> number.asLong()));
  }

  /** The catalogue goes with the connection. */
  @Override
  public Optional<String> left() {
    List<String> left =
        inventory
            .executableQuery(LEFT)
            .withParameters(Map.of("id", subject.id()))
            .execute()
            .records()
            .stream()
            .map(row -> row.get("label").asString())
            .distinct()
            .toList();
    return left.isEmpty() ? Optional.empty() : Optional.of("the catalogue leaves " + left);
  }
}
