package io.tas.dbhub.systemtest.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes texts of the pieces of others, so that some are reads and some only look like them. */
final class Mutations {
  private static final Pattern PIECE = Pattern.compile("\\w+|\\s+|.", Pattern.DOTALL);
  private static final List<String> HAZARDS =
      List.of(
          "'",
          "\"",
          "`",
          "[",
          "]",
          "\\",
          "--",
          "-- ",
          "#",
          "/*",
          "*/",
          "/*!",
          "/*+",
          ";",
          "$$",
          "$a$",
          "(",
          ")",
          ".",
          ",",
          "\n",
          "E'",
          "N'",
          "x'",
          "U&'",
          "U&\"",
          "\\'",
          "''",
          "\"\"",
          ":=",
          "::",
          "@",
          "?",
          " AS ",
          " FROM ",
          " FOR ",
          " INTO ",
          " DELETE FROM t",
          " UPDATE t SET a = 5 ",
          " INSERT INTO t (a) VALUES (7) ",
          " REPLACE INTO t (a) VALUES (7) ",
          "; DROP TABLE t",
          "my_function(1)",
          "\"my_function\"(1)",
          "nextval('s')",
          "nextval(s)",
          "setval('s', 7)",
          "(1).my_function",
          "WITH x AS (",
          "EXPLAIN ",
          "ANALYZE ",
          "SELECT ",
          "PRAGMA user_version = 7",
          "set_config('work_mem', '1MB', false)",
          "get_lock('a', 0)",
          "last_insert_id(7)",
          "OPERATOR(pg_catalog.+) ",
          "DISTINCT ON (a) ",
          "coalesce(",
          "pg_catalog.");

  private final Random random;
  private final List<String> reads;
  private final List<String> writes;

  Mutations(Random random, List<String> reads, List<String> writes) {
    this.random = random;
    this.reads = reads;
    this.writes = writes;
  }

  String next() {
    List<String> pieces = pieces(random.nextInt(3) == 0 ? one(writes) : one(reads));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      change(pieces);
    }
    return String.join("", pieces);
  }

  private void change(List<String> pieces) {
    int at = random.nextInt(pieces.size() + 1);
    List<String> others = pieces(random.nextInt(2) == 0 ? one(writes) : one(reads));
    int from = random.nextInt(others.size());
    int to = from + 1 + random.nextInt(Math.min(6, others.size() - from));
    switch (random.nextInt(6)) {
      case 0 -> pieces.add(at, HAZARDS.get(random.nextInt(HAZARDS.size())));
      case 1 -> pieces.addAll(at, others.subList(from, to));
      case 2 -> pieces.addAll(at, others.subList(from, others.size()));
      case 3 -> replace(pieces, at, HAZARDS.get(random.nextInt(HAZARDS.size())));
      case 4 -> replace(pieces, at, String.join("", others.subList(from, to)));
      default -> {
        if (pieces.size() > 1) {
          pieces.remove(Math.min(at, pieces.size() - 1));
        }
      }
    }
  }

  private static void replace(List<String> pieces, int at, String piece) {
    if (pieces.isEmpty()) {
      pieces.add(piece);
    } else {
      pieces.set(Math.min(at, pieces.size() - 1), piece);
    }
  }

  private String one(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    Matcher matcher = PIECE.matcher(text);
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
    return pieces;
  }
}
