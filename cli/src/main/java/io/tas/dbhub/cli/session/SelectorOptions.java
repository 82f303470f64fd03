package io.tas.dbhub.cli.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import picocli.CommandLine.Option;

/** Databases by what they have in common. */
public final class SelectorOptions {
  @Option(names = "--label", paramLabel = "KEY[=VALUE]", description = "Those with the label.")
  private String label = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "postgres, mysql, mariadb, sqlserver or sqlite.")
  private String type = "";

  @Option(names = "--all", description = "Every database of the space.")
  private boolean all;

  public boolean all() {
    return all;
  }

  /** Whether a label or a type is said. */
  public boolean selects() {
    return !label.isEmpty() || !type.isEmpty();
  }

  /** Adds label and type, where they are said. */
  public void putInto(ObjectNode selector) {
    if (!label.isEmpty()) {
      selector.put("label", label);
    }
    if (!type.isEmpty()) {
      selector.put("type", type);
    }
  }

  /** Label and type as parameters of the list of databases. */
  public Map<String, String> filter() {
    return Map.of("label", label, "type", type);
  }
}
