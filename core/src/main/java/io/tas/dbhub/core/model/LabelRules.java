package io.tas.dbhub.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Labels as Kubernetes has them, because the Database resource carries them. Those that Kubernetes
 * or this system give a meaning are not for users.
 */
public final class LabelRules {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
  private static final List<String> RESERVED = List.of("kubernetes.io", "k8s.io", "tas.io");
  private static final int MAX_PREFIX = 253;
  private static final int MAX_LABELS = 64;

  private LabelRules() {}

  public static boolean validKey(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      return NAME.matcher(key).matches();
    }
    String prefix = key.substring(0, slash);
    return prefix.length() <= MAX_PREFIX
        && PREFIX.matcher(prefix).matches()
        && NAME.matcher(key.substring(slash + 1)).matches();
  }

  public static boolean validValue(String value) {
    return value.isEmpty() || NAME.matcher(value).matches();
  }

  static List<Violation> violations(Map<String, String> labels) {
    List<Violation> violations = new ArrayList<>();
    if (labels.size() > MAX_LABELS) {
      violations.add(new Violation("labels", "at most " + MAX_LABELS + " labels"));
    }
    labels.forEach(
        (key, value) -> {
          if (!validKey(key)) {
            violations.add(
                new Violation(
                    "labels",
                    Texts.quoted(key)
                        + " is no label key: up to 63 letters, digits, '-', '_' and '.', beginning"
                        + " and ending with a letter or digit, after an optional DNS prefix and"
                        + " '/'"));
          } else if (reserved(key)) {
            violations.add(new Violation("labels." + key, "the prefix is reserved"));
          }
          if (!validValue(value)) {
            violations.add(
                new Violation(
                    validKey(key) ? "labels." + key : "labels",
                    "a value is empty or up to 63 letters, digits, '-', '_' and '.', beginning and"
                        + " ending with a letter or digit"));
          }
        });
    return violations;
  }

  /** Whether a key is one that Kubernetes or this system gives a meaning. */
  public static boolean reserved(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String prefix = key.substring(0, slash);
    return RESERVED.stream().anyMatch(name -> prefix.equals(name) || prefix.endsWith("." + name));
  }
}
