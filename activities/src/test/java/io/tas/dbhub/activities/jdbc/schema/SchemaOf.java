package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.TargetConnector;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.jdbc.Targets;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableDigest;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.core.sealing.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one target's schema. */
final class SchemaOf implements AutoCloseable {
  private final TargetProber prober;
  private final Target target;
  private final Credentials credentials;

  SchemaOf(Target target, Credentials credentials, ProbeSettings settings) {
    this.prober = new TargetProber(settings);
    this.target = target;
    this.credentials = credentials;
  }

  /** Of files in a directory. */
  static ProbeSettings files(Path directory) {
    return new ProbeSettings(
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        4,
        true,
        List.of(),
        Optional.of(directory),
        Optional.empty());
  }

  static SchemaOf server(Target target, String user, String password) {
    return new SchemaOf(target, new Credentials(user, password), Targets.local());
  }

  static SchemaReaderSettings settings(Path spool) {
    return new SchemaReaderSettings(Duration.ofSeconds(60), 20_000, 200_000, spool);
  }

  SpooledSchema read(SchemaReaderSettings settings, Runnable alive)
      throws TargetConnector.RefusedException, SchemaUnreadableException, InterruptedException {
    return new SchemaReader(prober.connector(), settings).read(target, credentials, alive);
  }

  SpooledSchema read() throws Exception {
    return read(SchemaReaderSettings.defaults(), () -> {});
  }

  Map<TableName, SchemaTable> tables() throws Exception {
    try (SpooledSchema schema = read()) {
      return tables(schema);
    }
  }

  static Map<TableName, SchemaTable> tables(SpooledSchema schema) {
    Map<TableName, SchemaTable> tables = new TreeMap<>();
    schema.forEach(table -> tables.put(table.name(), table));
    return tables;
  }

  SchemaTable table(String schema, String name) throws Exception {
    return Objects.requireNonNull(tables().get(new TableName(schema, name)), name);
  }

  Map<TableName, String> digests() throws Exception {
    Map<TableName, String> digests = new TreeMap<>();
    tables().forEach((name, table) -> digests.put(name, TableDigest.of(table)));
    return digests;
  }

  /** The tables whose digests differ. */
  static List<String> changed(Map<TableName, String> before, Map<TableName, String> after) {
    Map<TableName, String> all = new TreeMap<>(before);
    all.putAll(after);
    return all.keySet().stream()
        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .map(TableName::table)
        .toList();
  }

  @Override
  public void close() {
    prober.close();
  }
}
