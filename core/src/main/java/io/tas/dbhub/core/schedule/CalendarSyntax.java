package io.tas.dbhub.core.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the fields of a {@link CalendarTime} may say. */
public final class CalendarSyntax {
  private static final int LONGEST = 200;
  private static final Pattern PART =
      Pattern.compile("(\\*|[0-9]{1,2}|[a-z]{3,9})(?:-([0-9]{1,2}|[a-z]{3,9}))?(?:/([0-9]{1,2}))?");
  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

  /** A field: its name in requests, and what its numbers are. */
  public enum Field {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY_OF_MONTH("day_of_month", 1, 31, ""),
    MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    DAY_OF_WEEK("day_of_week", 0, 6, "sun mon tue wed thu fri sat");

    private final String wireName;
    private final int least;
    private final int most;
    private final String names;

    Field(String wireName, int least, int most, String names) {
      this.wireName = wireName;
      this.least = least;
      this.most = most;
      this.names = names;
    }

    public String wireName() {
      return wireName;
    }

    /** What would be right. */
    public String rule() {
      return "is *, or a list of numbers from %d to %d%s, ranges and steps such as %d-%d/2"
          .formatted(least, most, names.isEmpty() ? "" : " or names", least, most);
    }
  }

  private CalendarSyntax() {}

  public static boolean valid(Field field, String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    for (String part : text.split(",", -1)) {
      if (!validPart(field, part.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  /** The five fields of a cron expression; empty when it is none. */
  public static Optional<CalendarTime> cron(String text) {
    String[] fields = BLANKS.split(text.strip(), -1);
    if (fields.length != 5) {
      return Optional.empty();
    }
    return Optional.of(new CalendarTime(fields[0], fields[1], fields[2], fields[3], fields[4]))
        .filter(time -> Arrays.stream(Field.values()).allMatch(field -> valid(field, time)));
  }

  private static boolean valid(Field field, CalendarTime time) {
    return valid(
        field,
        switch (field) {
          case MINUTE -> time.minute();
          case HOUR -> time.hour();
          case DAY_OF_MONTH -> time.dayOfMonth();
          case MONTH -> time.month();
          case DAY_OF_WEEK -> time.dayOfWeek();
        });
  }

  private static boolean validPart(Field field, String part) {
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      return false;
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    String step = matcher.group(3);
    if (step != null && (Integer.parseInt(step) < 1 || (last == null && !first.equals("*")))) {
      return false;
    }
    if (first.equals("*")) {
      return last == null;
    }
    int from = number(field, first);
    int to = last == null ? from : number(field, last);
    return from >= field.least && from <= to && to <= field.most;
  }

  /** Less than any that is allowed where it is none. */
  private static int number(Field field, String text) {
    if (Character.isDigit(text.charAt(0))) {
      return Integer.parseInt(text);
    }
    int index = List.of(field.names.split(" ")).indexOf(text);
    return index < 0 ? -1 : field.least + index;
  }
}
