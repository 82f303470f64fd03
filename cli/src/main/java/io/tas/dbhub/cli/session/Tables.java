package io.tas.dbhub.cli.session;

import io.tas.dbhub.cli.terminal.SafeText;
import io.tas.dbhub.cli.terminal.Terminal;
import io.tas.dbhub.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;

/** Shows tables. */
public final class Tables {
  private static final int WIDEST_ON_A_SCREEN = 80;

  private Tables() {}

  /** Where a program reads the table, nothing is cut off. */
  public static TextTable of(Terminal terminal, List<String> headings) {
    return new TextTable(
        terminal.screen().output() ? WIDEST_ON_A_SCREEN : Integer.MAX_VALUE, headings);
  }

  public static void print(Terminal terminal, TextTable table) {
    table.lines().forEach(terminal::line);
  }

  /** A heading and a value in each line; those without a value are left out. */
  public static void printFields(Terminal terminal, Map<String, String> fields) {
    int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
    fields.forEach(
        (heading, value) -> {
          if (!value.isEmpty()) {
            terminal.line(
                heading + " ".repeat(width - heading.length() + 2) + SafeText.line(value));
          }
        });
  }
}
