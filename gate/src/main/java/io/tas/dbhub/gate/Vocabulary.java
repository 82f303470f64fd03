package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * The words of a dialect that the gate knows, by what they may do; the resources beside this class
 * say what each section means. All in lower case.
 */
final class Vocabulary {
  private final Map<String, Set<String>> sections = new HashMap<>();
  private final Map<String, List<String>> after = new HashMap<>();

  private Vocabulary() {}

  static Vocabulary of(DatabaseType type) {
    String file =
        switch (type) {
          case POSTGRES -> "postgres.txt";
          case MYSQL, MARIADB -> "mysql.txt";
          case SQLITE -> "sqlite.txt";
          case SQLSERVER -> "sqlserver.txt";
        };
    Vocabulary vocabulary = new Vocabulary();
    try (InputStream in =
        Objects.requireNonNull(Vocabulary.class.getResourceAsStream(file), file)) {
      vocabulary.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vocabulary;
  }

  private void read(String text) {
    String section = "";
    for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      if (line.endsWith(":")) {
        section = line.substring(0, line.length() - 1);
      } else {
        StringTokenizer words = new StringTokenizer(line);
        while (words.hasMoreTokens()) {
          add(section, words.nextToken());
        }
      }
    }
  }

  private void add(String section, String word) {
    if (section.equals("after")) {
      int equals = word.indexOf('=');
      after.put(word.substring(0, equals), List.of(word.substring(equals + 1).split(",")));
    } else {
      sections.computeIfAbsent(section, name -> new HashSet<>()).add(word);
    }
  }

  private boolean has(String section, String word) {
    return sections.getOrDefault(section, Set.of()).contains(word);
  }

  /** A function that computes and does nothing else; {@code sys.f} where its schema is a part. */
  boolean isFunction(String name) {
    return has("functions", name);
  }

  /** Such a function of an extension, which lies in whatever schema it was installed in. */
  boolean isExtension(String name) {
    return has("extensions", name);
  }

  /** A method of a value: {@code value.method(…)}. */
  boolean isMethod(String name) {
    return has("methods", name);
  }

  /** A procedure that only tells. */
  boolean isProcedure(String name) {
    return has("procedures", name);
  }

  /** A function that is known to do more than compute. */
  boolean acts(String name) {
    return has("acting", name);
  }

  /** A function that gives rows with fields. */
  boolean givesRows(String name) {
    return has("rows", name);
  }

  /** A type of the server's own that has no fields. */
  boolean isType(String name) {
    return has("types", name) || has("functions", name);
  }

  /** A table that does more than a table does. */
  boolean isActingTable(String name) {
    return has("tables", name);
  }

  /** A PRAGMA that tells a setting. */
  boolean isSetting(String name) {
    return has("settings", name);
  }

  /** A word that can begin or carry a write. */
  boolean isRefused(String word) {
    return has("refused", word);
  }

  /** Whether a word before a parenthesis, and after that token, is no function's name. */
  boolean takesBracket(String word, String before) {
    return has("brackets", word) || after.getOrDefault(word, List.of()).contains(before);
  }
}
