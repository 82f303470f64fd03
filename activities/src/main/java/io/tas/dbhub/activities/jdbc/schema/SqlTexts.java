package io.tas.dbhub.activities.jdbc.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Statements out of a file beside this class. A line of the form {@code --- name} begins one;
 * {@code {name}} stands for another; a line that begins with {@code @12} is for servers from
 * version 12 on only.
 */
final class SqlTexts {
  private static final String SECTION = "--- ";
  private static final Pattern SINCE = Pattern.compile("@(\\d+) (.*)");
  private static final Pattern OTHER = Pattern.compile("\\{(\\w+)}");

  private final Map<String, String> texts = new HashMap<>();

  SqlTexts(String file) {
    String[] sections = read(file).split("(?m)^" + SECTION, -1);
    for (int i = 1; i < sections.length; i++) {
      String name = sections[i].lines().findFirst().orElse("");
      texts.put(name, sections[i].substring(name.length()).strip());
    }
  }

  /** As any version understands it. */
  String text(String name) {
    return text(name, 0);
  }

  /**
   * @param version of the server, its first number
   */
  String text(String name, int version) {
    String whole =
        OTHER
            .matcher(Objects.requireNonNull(texts.get(name), name))
            .replaceAll(
                other ->
                    Matcher.quoteReplacement(
                        Objects.requireNonNull(texts.get(other.group(1)), other.group(1))));
    return whole.lines().map(line -> since(line, version)).collect(Collectors.joining("\n"));
  }

  private static String since(String line, int version) {
    Matcher since = SINCE.matcher(line);
    if (!since.matches()) {
      return line;
    }
    return Integer.parseInt(since.group(1)) <= version ? since.group(2) : "";
  }

  private static String read(String file) {
    try (InputStream in = Objects.requireNonNull(SqlTexts.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
