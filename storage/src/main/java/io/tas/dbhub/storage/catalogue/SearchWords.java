package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The words of names: {@code customer_id}, {@code CustomerID} and {@code customerId} are customer
 * and id. A word is made of letters and digits in lower case and nothing else, so none means
 * anything to Lucene.
 */
final class SearchWords {
  /** The length up to which beginnings of words are words of their own in the index. */
  static final int START = 2;

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
    Set<String> nameWords = parts(List.of(table.name().table()));
    Set<String> columnWords = parts(columns);
    Set<String> comments = comments(table);
    return Map.of(
        "search_place",
        scope(scope) + " " + database(databaseId),
        "search_name",
        whole(table.name().table()),
        "search_name_words",
        String.join(" ", nameWords),
        "search_name_starts",
        starts(nameWords),
        "search_columns",
        columns.stream().map(SearchWords::whole).distinct().collect(Collectors.joining(" ")),
        "search_column_words",
        String.join(" ", columnWords),
        "search_column_starts",
        starts(columnWords),
        "search_comments",
        String.join(" ", comments),
        "search_comment_starts",
        starts(comments));
  }

  /** No other scope has the same, whatever its ids are made of. */
  static String scope(Scope scope) {
    return "s" + TableKey.sha256(scope.tenantId() + '\0' + scope.spaceId());
  }

  static String database(String id) {
    return "d" + TableKey.sha256(id);
  }

  /** The words, and the whole of a name that has several: it may be asked for in one piece. */
  private static Set<String> parts(List<String> names) {
    return names.stream()
        .flatMap(name -> Stream.concat(of(name).stream(), Stream.of(whole(name))))
        .collect(Collectors.toSet());
  }

  private static Set<String> comments(SchemaTable table) {
    return Stream.concat(
            Stream.ofNullable(table.comment()),
            table.columns().stream().map(SchemaColumn::comment).flatMap(Stream::ofNullable))
        .flatMap(comment -> of(comment).stream())
        .distinct()
        .limit(MAX_COMMENT_WORDS)
        .collect(Collectors.toSet());
  }

  /**
   * The first letter of each word, and the first two: among a million columns there are too many
   * words that begin with a letter to look each of them up.
   */
  private static String starts(Set<String> words) {
    return words.stream()
        .flatMap(word -> IntStream.rangeClosed(1, START).mapToObj(length -> cut(word, length)))
        .filter(start -> !start.isEmpty())
        .distinct()
        .collect(Collectors.joining(" "));
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
    return cut(word, MAX_LENGTH);
  }

  /** Never between the two halves of a character. */
  private static String cut(String word, int length) {
    if (word.length() <= length) {
      return word;
    }
    return word.substring(
        0, Character.isHighSurrogate(word.charAt(length - 1)) ? length - 1 : length);
  }
}
