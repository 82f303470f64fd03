package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of names: {@code customer_id}, {@code CustomerID} and {@code customerId} are customer
 * and id. A word is made of letters and digits in lower case and nothing else, so none means
 * anything to Lucene.
 */
final class SearchWords {
  private static final int MAX_LENGTH = 64;

  /** Of all comments of a table; what is behind is not found. */
  private static final int MAX_COMMENT_WORDS = 2_000;

  private SearchWords() {}

  /** In their order, with repetitions. */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int before = ' ';
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      if (!Character.isLetterOrDigit(point)) {
        end(word, words);
      } else {
        if (begins(before, point, i + 1 < points.length ? points[i + 1] : ' ')) {
          end(word, words);
        }
        word.appendCodePoint(point);
      }
      before = point;
    }
    end(word, words);
    return words;
  }

  /** A name without what separates its words: {@code customerid}. */
  static String whole(String name) {
    return cut(String.join("", of(name)));
  }

  /** The properties by which the index finds a table. */
  static Map<String, Object> properties(Scope scope, String databaseId, SchemaTable table) {
    List<String> columns = table.columns().stream().map(SchemaColumn::name).toList();
    return Map.of(
        "search_place",
        scope(scope) + " " + database(databaseId),
        "search_name",
        whole(table.name().table()),
        "search_name_words",
        joined(parts(List.of(table.name().table()))),
        "search_columns",
        joined(columns.stream().map(SearchWords::whole)),
        "search_column_words",
        joined(parts(columns)),
        "search_comments",
        joined(comments(table)));
  }

  /** No other scope has the same, whatever its ids are made of. */
  static String scope(Scope scope) {
    return "s" + TableKey.sha256(scope.tenantId() + '\0' + scope.spaceId());
  }

  static String database(String id) {
    return "d" + TableKey.sha256(id);
  }

  /** The words, and the whole of a name that has several: it may be asked for in one piece. */
  private static Stream<String> parts(Collection<String> names) {
    return names.stream().flatMap(name -> Stream.concat(of(name).stream(), Stream.of(whole(name))));
  }

  private static Stream<String> comments(SchemaTable table) {
    return Stream.concat(
            Stream.ofNullable(table.comment()),
            table.columns().stream().map(SchemaColumn::comment).flatMap(Stream::ofNullable))
        .flatMap(comment -> of(comment).stream())
        .distinct()
        .limit(MAX_COMMENT_WORDS);
  }

  private static String joined(Stream<String> words) {
    Set<String> different = words.collect(Collectors.toCollection(LinkedHashSet::new));
    return String.join(" ", different).strip();
  }

  /** Where an upper-case letter begins a word: {@code customerId}, {@code HTTPServer}. */
  private static boolean begins(int before, int point, int after) {
    return Character.isUpperCase(point)
        && (Character.isLowerCase(before)
            || Character.isDigit(before)
            || (Character.isUpperCase(before) && Character.isLowerCase(after)));
  }

  private static void end(StringBuilder word, List<String> words) {
    if (word.length() > 0) {
      words.add(cut(word.toString().toLowerCase(Locale.ROOT)));
      word.setLength(0);
    }
  }

  private static String cut(String word) {
    if (word.length() <= MAX_LENGTH) {
      return word;
    }
    boolean between = Character.isHighSurrogate(word.charAt(MAX_LENGTH - 1));
    return word.substring(0, between ? MAX_LENGTH - 1 : MAX_LENGTH);
  }
}
