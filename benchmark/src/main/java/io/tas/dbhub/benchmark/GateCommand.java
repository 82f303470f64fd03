package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.dev.system.TextTable;
import io.tas.dbhub.gate.ReadOnlyGate;
import io.tas.dbhub.gate.ReadOnlyVerdict;
import io.tas.dbhub.gate.SqlLexer;
import io.tas.dbhub.gate.UnclearSqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long the read-only gate takes for a text. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Judges texts of 10 kB in each dialect on one thread, and only takes them apart, by turns.",
      "Aim: 99 of 100 are judged within 5 ms."
    })
final class GateCommand implements Callable<Integer> {
  private static final int LENGTH = 10_000;
  private static final int AIM_MILLIS = 5;

  /** What all dialects read; joined until the text is long enough. */
  private static final String PIECE =
      """
      SELECT c.name AS customer, count(*) AS n, coalesce(sum(o.amount * (1 - o.discount)), 0) AS total,
        CASE WHEN sum(o.amount) > 1000 THEN 'large' ELSE 'it''s small' END AS size, -- by amount
        row_number() OVER (PARTITION BY c.country ORDER BY sum(o.amount) DESC) AS place
      FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.state IN ('paid', 'sent')
      WHERE upper(c.country) IN (SELECT code FROM countries WHERE area LIKE 'EU%') /* only there */
      GROUP BY c.name, c.country HAVING count(*) > 3
      """;

  @Option(
      names = "--texts",
      paramLabel = "N",
      description = "How many are measured of each dialect (default: ${DEFAULT-VALUE}).")
  private int texts = 2_000;

  @Override
  public Integer call() throws UnclearSqlException {
    TextTable table =
        new TextTable(
            List.of("", "LENGTH", "P50", "P99", "ONLY TAKEN APART P50", "RATIO P50", "AIM"));
    ReadOnlyGate gate = new ReadOnlyGate();
    for (DatabaseType type : DatabaseType.values()) {
      StringBuilder text = new StringBuilder(PIECE);
      while (text.length() + PIECE.length() < LENGTH) {
        text.append("UNION ALL\n").append(PIECE);
      }
      text.append("-- ").append("x".repeat(Math.max(0, LENGTH - text.length() - 3)));
      String sql = text.toString();
      measure(gate, sql, type, texts); // Not told: a JVM compiles what runs.
      Pair pair = measure(gate, sql, type, texts);
      table.add(
          List.of(
              type.wireName(),
              String.valueOf(sql.length()),
              "%.3f ms".formatted(pair.judged().millis(0.5)),
              "%.3f ms".formatted(pair.judged().millis(0.99)),
              "%.3f ms".formatted(pair.apart().millis(0.5)),
              "%.2f".formatted(pair.judged().millis(0.5) / pair.apart().millis(0.5)),
              "p99 under " + AIM_MILLIS + " ms"));
    }
    System.out.println(table);
    return 0;
  }

  private record Pair(Latencies judged, Latencies apart) {}

  private static Pair measure(ReadOnlyGate gate, String sql, DatabaseType type, int count)
      throws UnclearSqlException {
    List<Long> judged = new ArrayList<>();
    List<Long> apart = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      ReadOnlyVerdict verdict = gate.check(sql, type);
      long then = System.nanoTime();
      int tokens = SqlLexer.read(sql, type).tokens().size();
      long end = System.nanoTime();
      if (!(verdict instanceof ReadOnlyVerdict.Allowed) || tokens == 0) {
        throw new IllegalStateException("the gate takes the text for no read: " + verdict);
      }
      judged.add(then - begin);
      apart.add(end - then);
    }
    return new Pair(new Latencies(judged), new Latencies(apart));
  }
}
