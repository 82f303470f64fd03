package io.tas.dbhub.systemtest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.gate.ReadOnlyGate;
import io.tas.dbhub.gate.ReadOnlyVerdict;
import io.tas.dbhub.gate.SqlLexer;
import io.tas.dbhub.gate.SqlText;
import io.tas.dbhub.gate.SqlToken;
import io.tas.dbhub.gate.UnclearSqlException;
import io.tas.dbhub.systemtest.NeededEngines;
import io.tas.dbhub.systemtest.faults.Directories;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the gate allows, the real engines take for queries and are not changed by. */
class GateEnginesTest {
  /** Of each engine; {@code -Dgate.fuzz.seconds=600 -Dgate.fuzz.seed=7} for more, or the same. */
  private static final long SECONDS = Long.getLong("gate.fuzz.seconds", 6);

  private static final long SEED = Long.getLong("gate.fuzz.seed", System.nanoTime());

  /** A user's function that is called like a column: no text tells it from one. */
  private static final Pattern UNSEEN = Pattern.compile("(?i)\\.\\s*\"?my_function");

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB", "SQLITE"})
  void theEnginesTakeTheReadsForTheirSyntaxAndNothingThatIsAllowedChangesThem(DatabaseType type)
      throws Exception {
    try (Scratch scratch = scratch(type)) {
      theCorpusIsHonest(scratch);
      nothingChanges(scratch, new ReadOnlyGate());
    }
  }

  private static void theCorpusIsHonest(Scratch scratch) throws Exception {
    Connection connection = scratch.connections().get(0);
    String before = scratch.state(connection);
    List<String> faults = new ArrayList<>();
    for (String sql : GateCorpus.of("reads", scratch.type())) {
      SqlText text = SqlLexer.read(sql, scratch.type());
      for (List<SqlToken> statement : text.statements()) {
        if (text.placeholders(statement).isEmpty()) {
          run(scratch, connection, text.text(statement))
              .ifPresent(fault -> faults.add(sql + " | " + fault));
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(scratch.state(connection)).isEqualTo(before);
  }

  private static void nothingChanges(Scratch scratch, ReadOnlyGate gate) throws Exception {
    DatabaseType type = scratch.type();
    System.out.println("gate.fuzz.seed=" + SEED + " for " + type);
    Random random = new Random(SEED);
    Mutations mutations =
        new Mutations(random, GateCorpus.of("reads", type), GateCorpus.of("writes", type));
    List<Connection> connections = scratch.connections();
    List<String> states = new ArrayList<>();
    for (Connection connection : connections) {
      states.add(scratch.state(connection));
    }
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    int made = 0;
    int allowed = 0;
    int understood = 0;
    while (System.nanoTime() < end) {
      String sql = mutations.next();
      made++;
      if (UNSEEN.matcher(sql).find()
          || !(gate.check(sql, type) instanceof ReadOnlyVerdict.Allowed)) {
        continue;
      }
      allowed++;
      int at = random.nextInt(connections.size());
      Connection connection = connections.get(at);
      boolean taken = false;
      for (String part : random.nextBoolean() ? List.of(sql) : parts(sql, type)) {
        taken |= run(scratch, connection, part).isEmpty();
      }
      understood += taken ? 1 : 0;
      assertThat(scratch.state(connection))
          .as("seed %d, connection %d, changed by: %s", SEED, at, sql)
          .isEqualTo(states.get(at));
    }
    System.out.printf(
        "%s: %d texts, %d allowed, %d of them run%n", type, made, allowed, understood);
    assertThat(understood).isPositive();
  }

  private static List<String> parts(String sql, DatabaseType type) throws UnclearSqlException {
    SqlText text = SqlLexer.read(sql, type);
    return text.statements().stream().map(text::text).toList();
  }

  /** What the engine said when it was no syntax to it. */
  private static Optional<String> run(Scratch scratch, Connection connection, String sql) {
    try {
      Scratch.run(connection, sql);
      return Optional.empty();
    } catch (SQLException e) {
      return scratch.isSyntaxError(e)
          ? Optional.of(String.valueOf(e.getMessage()))
          : Optional.empty();
    }
  }

  private static Scratch scratch(DatabaseType type) throws Exception {
    Path directory = Directories.emptied(TARGET.resolve("gate-" + type.wireName()));
    Programs programs = Programs.standard(System.out);
    return switch (type) {
      case POSTGRES -> new ScratchPostgres(needed(programs.postgres()), directory);
      case MARIADB -> new ScratchMariaDb(needed(programs.mariadb()), directory);
      case SQLITE -> new ScratchSqlite(directory);
      case MYSQL, SQLSERVER -> throw new IllegalArgumentException("there is no engine of " + type);
    };
  }

  private static Program.Installed needed(Program program) {
    NeededEngines.obstacle("The gate on real engines", List.of(program))
        .ifPresent(NeededEngines::skip);
    return (Program.Installed) program;
  }
}
