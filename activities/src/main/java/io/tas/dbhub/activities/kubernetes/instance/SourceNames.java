package io.tas.dbhub.activities.kubernetes.instance;

/**
 * Names of a database inside DBHub. Kubernetes names hold lower-case letters, digits, '-' and '.'
 * only, so the two replacements below keep different names different; and what is left is letters,
 * digits and '_', so DBHub's own replacement in tool names has nothing to merge.
 */
final class SourceNames {
  /** No Kubernetes name becomes this: none begins with anything but a letter or digit. */
  static final String SENTINEL = "_none";

  private SourceNames() {}

  static String sourceId(String resourceName) {
    return resourceName.replace("-", "_").replace(".", "_DOT_");
  }

  static String userVariable(String sourceId) {
    return "DBHUB_" + sourceId + "_USER";
  }

  static String passwordVariable(String sourceId) {
    return "DBHUB_" + sourceId + "_PASSWORD";
  }
}
