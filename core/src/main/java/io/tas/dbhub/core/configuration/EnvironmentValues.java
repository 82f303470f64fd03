package io.tas.dbhub.core.configuration;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands for {@code ${NAME}} in a configuration file: the variable's value as one quoted
 * scalar of YAML. A password with a quote, a colon or a brace is then a password, and cannot break
 * the file, whose parser would quote the line in its error.
 */
public final class EnvironmentValues {
  private final Map<String, String> environment;

  public EnvironmentValues(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Null where there is no such variable: then the default in the file holds. */
  public @Nullable String quoted(String name) {
    String value = environment.get(name);
    // Whatever JSON quotes, YAML reads as the same text.
    return value == null
        ? null
        : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }
}
