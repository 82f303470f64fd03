package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts beside this class's resources; their README tells the format. */
final class Corpus {
  private static final Pattern CHARACTER = Pattern.compile("‹U\\+([0-9A-F]{4})›");

  private static final Map<String, List<DatabaseType>> FILES =
      Map.of(
          "all", List.of(DatabaseType.values()),
          "postgres", List.of(DatabaseType.POSTGRES),
          "mysql", List.of(DatabaseType.MYSQL),
          "mariadb", List.of(DatabaseType.MARIADB, DatabaseType.MYSQL),
          "mariadbonly", List.of(DatabaseType.MARIADB),
          "sqlite", List.of(DatabaseType.SQLITE),
          "sqlserver", List.of(DatabaseType.SQLSERVER));

  /**
   * One text.
   *
   * @param group what it shows, or why it is no read
   */
  record Entry(DatabaseType type, String group, String sql) {
    @Override
    public String toString() {
      return type.wireName() + " | " + group + " | " + sql;
    }
  }

  private Corpus() {}

  static List<Entry> reads() {
    return entries("reads-");
  }

  static List<Entry> writes() {
    return entries("writes-");
  }

  private static List<Entry> entries(String kind) {
    List<Entry> entries = new ArrayList<>();
    FILES.forEach(
        (file, types) -> {
          String group = "";
          for (String line : text(kind + file + ".txt").split("\n", -1)) {
            if (line.startsWith("# ")) {
              group = line.substring(2);
            } else if (!line.isEmpty()) {
              for (DatabaseType type : types) {
                entries.add(new Entry(type, group, plain(line)));
              }
            }
          }
        });
    return entries;
  }

  private static String plain(String line) {
    String text = line.replace('⏎', '\n').replace('⇥', '\t');
    return CHARACTER
        .matcher(text)
        .replaceAll(
            found ->
                java.util.regex.Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private static String text(String file) {
    try (@Nullable InputStream in = Corpus.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
