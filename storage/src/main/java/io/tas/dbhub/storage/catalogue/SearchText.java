package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.Scope;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for, as Lucene's query. Of the text only {@link SearchWords} get in, which
 * hold letters and digits in lower case, so nothing of it is syntax.
 *
 * <p>A word is compared as a range from itself to itself, or as a prefix: both count the same for
 * each table that has it, however many others do. So the weights alone make the order, and what
 * other tenants have changes nothing in it. A word's weight is more than all smaller ones together.
 *
 * @param words at most {@value #MAX_WORDS}, none twice
 * @param whole the words in one piece
 */
record SearchText(List<String> words, String whole) {
  /** What is behind says little more, and each word costs time. */
  private static final int MAX_WORDS = 8;

  private static final int MAX_LENGTH = 1_000;

  /** Lucene takes some 1,000 conditions in all; those that do not fit are checked later. */
  private static final int MAX_DATABASES = 400;

  static SearchText of(String text) {
    List<String> words =
        SearchWords.of(text.substring(0, Math.min(text.length(), MAX_LENGTH))).stream()
            .limit(MAX_WORDS)
            .toList();
    return new SearchText(
        words.stream().distinct().toList(), SearchWords.whole(String.join(" ", words)));
  }

  boolean empty() {
    return words.isEmpty();
  }

  /** Whether a name or comment has a word that begins with one that is looked for. */
  boolean in(@Nullable String text) {
    return text != null
        && Stream.concat(SearchWords.of(text).stream(), Stream.of(SearchWords.whole(text)))
            .anyMatch(part -> words.stream().anyMatch(part::startsWith));
  }

  /**
   * @param hidden databases to leave out
   * @param only databases to look in; null for all of the scope
   */
  String query(Scope scope, List<String> hidden, @Nullable List<String> only) {
    Stream<String> places =
        Stream.concat(
            Stream.of("+search_place:" + SearchWords.scope(scope) + "^0"),
            hidden.stream()
                .limit(MAX_DATABASES)
                .map(id -> "-search_place:" + SearchWords.database(id)));
    Stream<String> among =
        only == null || only.isEmpty() || only.size() > MAX_DATABASES
            ? Stream.of()
            : Stream.of(
                only.stream()
                    .map(SearchWords::database)
                    .collect(Collectors.joining(" ", "+search_place:(", ")^0")));
    return Stream.of(places, among, words.stream().map(SearchText::clause), piece())
        .flatMap(part -> part)
        .collect(Collectors.joining(" "));
  }

  private static String clause(String word) {
    return "+("
        + String.join(
            " ",
            same("search_name", word, 4096),
            same("search_name_words", word, 1024),
            same("search_columns", word, 256),
            same("search_column_words", word, 64),
            begins("search_name_words", "search_name_starts", word, 16),
            begins("search_column_words", "search_column_starts", word, 4),
            begins("search_comments", "search_comment_starts", word, 1))
        + ")";
  }

  /** Several words that are a name: it does not matter how they are written. */
  private Stream<String> piece() {
    return words.size() > 1
        ? Stream.of(same("search_name", whole, 16_384), same("search_columns", whole, 8_192))
        : Stream.of();
  }

  private static String same(String property, String word, int weight) {
    return property + ":[" + word + " TO " + word + "]^" + weight;
  }

  /** What many words begin with is in the index by itself. */
  private static String begins(String property, String starts, String word, int weight) {
    return word.length() <= SearchWords.START
        ? same(starts, word, weight)
        : property + ":" + word + "*^" + weight;
  }
}
