package io.tas.dbhub.api.batches.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The columns that a file of texts may have, and what their cells are to REST.
 *
 * @param labelled whether there may be {@code labels} and {@code label.<key>} beside
 */
public record Columns(Set<String> texts, Set<String> numbers, Set<String> flags, boolean labelled) {
  static final String LABELS = "labels";
  static final String LABEL = "label.";

  /** Of databases that are to be made. */
  public static final Columns IMPORT =
      new Columns(
          Set.of(
              "name",
              "type",
              "host",
              "database",
              "username",
              "password",
              "connection_string",
              "ssl_mode",
              "description",
              "color"),
          Set.of("port", "max_rows", "connection_timeout", "query_timeout"),
          Set.of("readonly", "is_active"),
          true);

  /** Of credentials that databases are to get. */
  public static final Columns ROTATE =
      new Columns(Set.of("id", "name", "username", "password"), Set.of(), Set.of(), false);

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

  public Columns {
    texts = Set.copyOf(texts);
    numbers = Set.copyOf(numbers);
    flags = Set.copyOf(flags);
  }

  boolean has(String column) {
    return texts.contains(column)
        || numbers.contains(column)
        || flags.contains(column)
        || (labelled && (column.equals(LABELS) || labelKey(column)));
  }

  static boolean labelKey(String column) {
    return column.startsWith(LABEL) && column.length() > LABEL.length();
  }

  /** All of them, for a message. */
  String listed() {
    List<String> names =
        new ArrayList<>(Stream.of(texts, numbers, flags).flatMap(Set::stream).sorted().toList());
    if (labelled) {
      names.add(LABELS);
      names.add(LABEL + "<key>");
    }
    return String.join(", ", names);
  }

  /** What cannot be what the column is for stays a text, which the field's own rule refuses. */
  JsonNode value(String column, String cell) {
    if (numbers.contains(column) && NUMBER.matcher(cell.strip()).matches()) {
      return LongNode.valueOf(Long.parseLong(cell.strip()));
    }
    String word = cell.strip().toLowerCase(Locale.ROOT);
    if (flags.contains(column) && (word.equals("true") || word.equals("false"))) {
      return BooleanNode.valueOf(word.equals("true"));
    }
    return TextNode.valueOf(cell);
  }
}
