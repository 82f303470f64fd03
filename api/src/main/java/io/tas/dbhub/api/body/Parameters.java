package io.tas.dbhub.api.body;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.Violation;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the parameters of a list one by one and notes those that break a rule, and those that it
 * does not have. One that is empty counts as not sent.
 */
public final class Parameters {
  private static final int DEFAULT_PAGE_SIZE = 50;
  private static final int MAX_NAME = 100;

  private final MultivaluedMap<String, String> sent;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * @param known all that the list has
   * @param list what it is called in a message, such as "the audit"
   */
  public Parameters(MultivaluedMap<String, String> sent, Set<String> known, String list) {
    this.sent = sent;
    for (String name : sent.keySet()) {
      if (!known.contains(name)) {
        String shown = name.substring(0, Math.min(MAX_NAME, name.length()));
        violate(shown, "is not a parameter of " + list);
      }
    }
  }

  public @Nullable String given(String name) {
    String value = sent.getFirst(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * @param otherwise what would be right
   */
  public @Nullable String text(String name, Predicate<String> rule, String otherwise) {
    String value = given(name);
    if (value != null && !rule.test(value)) {
      violate(name, otherwise);
    }
    return value;
  }

  public @Nullable Boolean bool(String name) {
    String value = given(name);
    if (value == null) {
      return null;
    }
    if (!value.equals("true") && !value.equals("false")) {
      violate(name, "is true or false");
    }
    return value.equals("true");
  }

  public @Nullable Instant time(String name) {
    String value = given(name);
    try {
      return value == null ? null : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      violate(name, "is a time such as 2026-01-31T08:00:00Z");
      return null;
    }
  }

  /** The parameter {@code page_size}, or the usual number. */
  public int pageSize(int most) {
    return number("page_size", DEFAULT_PAGE_SIZE, most);
  }

  /**
   * A number from 1.
   *
   * @param usual where it was not sent
   */
  public int number(String name, int usual, int most) {
    String value = given(name);
    if (value == null) {
      return usual;
    }
    int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
    if (number < 1 || number > most) {
      violate(name, "is a number from 1 to " + most);
    }
    return number;
  }

  public void violate(String parameter, String message) {
    violations.add(new Violation(parameter, message));
  }

  /**
   * @throws ProblemException Invalid, naming all that is wrong so far
   */
  public void check() {
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
  }

  /**
   * A page of a list that takes a cursor.
   *
   * @param list throws {@link IllegalArgumentException} where it did not make the cursor
   * @throws ProblemException Invalid, of the cursor
   */
  public static <T> T page(Supplier<T> list) {
    try {
      return list.get();
    } catch (IllegalArgumentException foreignCursor) {
      throw ProblemException.invalid(
          List.of(new Violation("cursor", "is the next_cursor of this list, unchanged")));
    }
  }
}
