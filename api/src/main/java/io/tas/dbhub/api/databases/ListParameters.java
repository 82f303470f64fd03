package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.LabelRules;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.storage.inventory.ListQuery;
import io.tas.dbhub.storage.inventory.Sort;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a list; names all that are wrong. */
final class ListParameters {
  private static final int DEFAULT_PAGE_SIZE = 20;
  private static final int MAX_PAGE = 1_000_000;
  private static final int MAX_TEXT = 255;
  private static final Set<String> KNOWN =
      Set.of("page", "page_size", "status", "type", "label", "q", "sort", "cursor");

  private final MultivaluedMap<String, String> parameters;
  private final List<Violation> violations = new ArrayList<>();

  private ListParameters(MultivaluedMap<String, String> parameters) {
    this.parameters = parameters;
  }

  static ListQuery read(MultivaluedMap<String, String> parameters) {
    return new ListParameters(parameters).read();
  }

  private ListQuery read() {
    parameters.forEach(
        (name, values) -> {
          if (!KNOWN.contains(name)) {
            violate(name.substring(0, Math.min(100, name.length())), "is not a parameter of lists");
          } else if (values.size() > 1) {
            violate(name, "is given once");
          }
        });
    int page = number("page", 1, MAX_PAGE);
    int pageSize = number("page_size", DEFAULT_PAGE_SIZE, ListQuery.MAX_PAGE_SIZE);
    DatabaseStatus status =
        one("status", DatabaseStatus::fromWireName, "is Pending, Connected, Degraded or Failed");
    DatabaseType type =
        one("type", DatabaseType::fromWireName, "is postgres, mysql, mariadb, sqlserver or sqlite");
    Sort sort = one("sort", Sort::fromWireName, "is name, -name, created_at or -created_at");
    String label = given("label");
    int equals = label == null ? -1 : label.indexOf('=');
    String key = label == null || equals < 0 ? label : label.substring(0, equals);
    String value = label == null || equals < 0 ? null : label.substring(equals + 1);
    if ((key != null && !LabelRules.validKey(key))
        || (value != null && !LabelRules.validValue(value))) {
      violate("label", "is a label key, or key=value");
    }
    String text = given("q");
    if (text != null && text.length() > MAX_TEXT) {
      violate("q", "has at most " + MAX_TEXT + " characters");
    }
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
    return new ListQuery(
        page,
        pageSize,
        status,
        type,
        key,
        value,
        text,
        sort == null ? Sort.CREATED_AT_DESC : sort,
        given("cursor"));
  }

  private int number(String name, int otherwise, int largest) {
    String sent = given(name);
    if (sent == null) {
      return otherwise;
    }
    int number = sent.matches("[0-9]{1,9}") ? Integer.parseInt(sent) : 0;
    if (number < 1 || number > largest) {
      violate(name, "is a number from 1 to " + largest);
    }
    return number;
  }

  private <T> @Nullable T one(String name, Function<String, Optional<T>> parser, String otherwise) {
    String sent = given(name);
    if (sent == null) {
      return null;
    }
    Optional<T> parsed = parser.apply(sent);
    if (parsed.isEmpty()) {
      violate(name, otherwise);
    }
    return parsed.orElse(null);
  }

  /** A parameter that is empty counts as not given. */
  private @Nullable String given(String name) {
    String value = parameters.getFirst(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private void violate(String parameter, String message) {
    violations.add(new Violation(parameter, message));
  }
}
