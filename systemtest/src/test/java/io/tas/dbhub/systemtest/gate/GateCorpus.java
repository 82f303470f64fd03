package io.tas.dbhub.systemtest.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts that the gate's own tests have; the README beside them tells the format. */
final class GateCorpus {
  private static final Path FILES =
      Path.of("../gate/src/test/resources/io/tas/dbhub/gate").toAbsolutePath().normalize();
  private static final Pattern CHARACTER = Pattern.compile("‹U\\+([0-9A-F]{4})›");

  private GateCorpus() {}

  /**
   * Those of all dialects, and of one that a real engine is there for.
   *
   * @param kind reads or writes
   */
  static List<String> of(String kind, DatabaseType type) {
    List<String> files =
        switch (type) {
          case MARIADB -> List.of("all", "mariadb", "mariadbonly");
          case POSTGRES, MYSQL, SQLITE, SQLSERVER -> List.of("all", type.wireName());
        };
    List<String> texts = new ArrayList<>();
    for (String file : files) {
      for (String line : lines(FILES.resolve(kind + "-" + file + ".txt"))) {
        if (!line.isEmpty() && !line.startsWith("# ")) {
          texts.add(plain(line));
        }
      }
    }
    return texts;
  }

  private static String plain(String line) {
    return CHARACTER
        .matcher(line.replace('⏎', '\n').replace('⇥', '\t'))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
