package io.tas.dbhub.systemtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The troubleshooting guide: what it says is told, by the name of the failure. {@code <name>}
 * stands for what is different each time, {@code …} for anything.
 */
final class Guide {
  private static final Path FILE = Path.of("..", "docs", "troubleshooting.md");
  private static final Pattern QUOTE =
      Pattern.compile("<!-- provoked: ([a-z-]+) -->\\n```text\\n(.*?)\\n```", Pattern.DOTALL);

  /** What {@code why} asks kubectl for. */
  private static final Pattern WHY = Pattern.compile("-o (jsonpath=)'([^']*)'; }");

  private final Map<String, List<String>> quotes = new LinkedHashMap<>();
  private final String why;

  Guide() {
    try {
      String text = Files.readString(FILE);
      Matcher asked = WHY.matcher(text);
      why = asked.find() ? asked.group(1) + asked.group(2) : "";
      Matcher matcher = QUOTE.matcher(text);
      while (matcher.find()) {
        if (!matcher.group(1).equals("no")) {
          quotes.put(matcher.group(1), matcher.group(2).lines().toList());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The output that {@code why} asks kubectl for. */
  String why() {
    return why;
  }

  /** The failures that it says are provoked. */
  List<String> failures() {
    return List.copyOf(quotes.keySet());
  }

  /** Of what it quotes for a failure, the lines that nobody tells. */
  List<String> untold(String failure, Map<String, String> values, List<String> told) {
    List<String> untold = new ArrayList<>();
    for (String line : quotes.getOrDefault(failure, List.of(failure + " is not in the guide"))) {
      String filled = line;
      for (Map.Entry<String, String> value : values.entrySet()) {
        filled = filled.replace("<" + value.getKey() + ">", value.getValue());
      }
      Pattern quoted =
          Pattern.compile(
              Arrays.stream(filled.split("…", -1))
                  .map(Pattern::quote)
                  .collect(Collectors.joining(".*")),
              Pattern.DOTALL);
      if (told.stream().noneMatch(text -> quoted.matcher(text).matches())) {
        untold.add(filled);
      }
    }
    return untold;
  }
}
