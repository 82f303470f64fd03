package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

final class SqliteProbeTest {
  @TempDir private Path temporary;
  private Path allowed;

  @BeforeEach
  void createFiles() throws Exception {
    allowed = Files.createDirectories(temporary.resolve("allowed"));
    create(allowed.resolve("shop.db"));
    create(temporary.resolve("outside.db"));
  }

  private static void create(Path file) throws Exception {
    try (Connection connection = open(file);
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT)");
      sql.execute("CREATE VIEW item_id AS SELECT id FROM item");
    }
  }

  private static Connection open(Path file) throws Exception {
    return new JDBC().connect("jdbc:sqlite:" + file, new Properties());
  }

  private static Diagnosis probe(String path, Optional<Path> directory, Duration deadline) {
    ProbeSettings settings =
        new ProbeSettings(
            deadline, deadline, deadline, 1, false, List.of(), directory, Optional.empty());
    Target target = new Target(DatabaseType.SQLITE, "", 0, path, SslMode.DISABLE, 5, 5);
    try (TargetProber prober = new TargetProber(settings)) {
      return prober.probe(target, Targets.NOBODY);
    }
  }

  private Diagnosis probe(String path) {
    return probe(path, Optional.of(allowed), Duration.ofSeconds(10));
  }

  @Test
  void aFileInTheDirectoryIsProbed() {
    for (String path : List.of("shop.db", "./shop.db", allowed.resolve("shop.db").toString())) {
      Diagnosis diagnosis = probe(path);

      assertThat(diagnosis.firstError()).isNull();
      assertThat(Targets.steps(diagnosis)).containsExactly("resolve", "connect", "query");
      assertThat(diagnosis.serverVersion()).startsWith("3.");
      assertThat(diagnosis.tables()).isEqualTo(2);
      assertThat(diagnosis.database()).isEqualTo("shop.db");
      assertThat(diagnosis.readOnlyRole()).isNull();
    }
  }

  @Test
  void withoutADirectoryThereAreNoFiles() {
    Diagnosis diagnosis = probe("shop.db", Optional.empty(), Duration.ofSeconds(10));

    assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.PERMISSION);
    assertThat(Targets.error(diagnosis).message()).contains("no directory is configured");
  }

  @Test
  void nothingOutsideOfTheDirectoryIsOpened() throws Exception {
    Files.createSymbolicLink(allowed.resolve("link.db"), temporary.resolve("outside.db"));
    for (String path :
        List.of(
            "../outside.db",
            "sub/../../outside.db",
            temporary.resolve("outside.db").toString(),
            "link.db",
            "shop.db?mode=rwc",
            "shop.db?journal_mode=delete",
            "")) {
      assertThat(Targets.error(probe(path)).kind()).as(path).isEqualTo(ErrorKind.PERMISSION);
    }
  }

  @Test
  void aNameIsNeverReadAsAnotherKindOfDatabaseAndNothingIsCreated() throws Exception {
    for (String path :
        List.of(
            ":memory:",
            "file:shop.db",
            "file::memory:",
            ":resource:http://127.0.0.1:1/x.db",
            "mode=memory",
            "new.db")) {
      assertThat(Targets.error(probe(path)).kind()).as(path).isEqualTo(ErrorKind.CONFIGURATION);
    }
    try (var files = Files.list(allowed)) {
      assertThat(files).containsExactly(allowed.resolve("shop.db"));
    }
  }

  @Test
  void whatIsNotADatabaseIsSaidToBeNone() throws Exception {
    Files.writeString(allowed.resolve("text.db"), "not a database, but longer than its header\n");
    Files.createDirectory(allowed.resolve("directory.db"));

    assertThat(Targets.error(probe("text.db")).kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(Targets.error(probe("directory.db")).kind()).isEqualTo(ErrorKind.CONFIGURATION);
  }

  @Test
  void aLockedFileIsWaitedForNoLongerThanTheDeadline() throws Exception {
    try (Connection other = open(allowed.resolve("shop.db"));
        Statement sql = other.createStatement()) {
      sql.execute("BEGIN EXCLUSIVE");

      Diagnosis diagnosis = probe("shop.db", Optional.of(allowed), Duration.ofMillis(1500));

      assertThat(Targets.error(diagnosis).kind()).isEqualTo(ErrorKind.TIMEOUT);
    }
  }
}
