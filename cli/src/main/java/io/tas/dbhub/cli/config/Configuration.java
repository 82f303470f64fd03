package io.tas.dbhub.cli.config;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration file holds.
 *
 * @param currentContext which is meant where nobody names one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Configuration(String currentContext, Map<String, StoredContext> contexts) {
  public static final String DEFAULT_CONTEXT = "default";

  public static final Configuration EMPTY = new Configuration(DEFAULT_CONTEXT, Map.of());

  public Configuration(
      @Nullable String currentContext, @Nullable Map<String, StoredContext> contexts) {
    this.currentContext = currentContext == null ? DEFAULT_CONTEXT : currentContext;
    this.contexts = contexts == null ? Map.of() : Map.copyOf(contexts);
  }

  public Optional<StoredContext> context(String name) {
    return Optional.ofNullable(contexts.get(name));
  }

  /** With this context, which becomes the current one. */
  public Configuration with(String name, StoredContext context) {
    return new Configuration(name, replacing(name, context).contexts());
  }

  /** With this context; the current one stays. */
  public Configuration replacing(String name, StoredContext context) {
    Map<String, StoredContext> more = new TreeMap<>(contexts);
    more.put(name, context);
    return new Configuration(currentContext, more);
  }
}
