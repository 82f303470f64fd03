package io.tas.dbhub.core.model;

import java.util.regex.Pattern;

/**
 * Whose a thing is: a tenant and one of its spaces. Every look-up names one; nothing is ever found
 * across tenants.
 *
 * <p>Both ids become Kubernetes label values, so they are held to that alphabet.
 */
public record Scope(String tenantId, String spaceId) {
  private static final Pattern LABEL_VALUE =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  public Scope {
    if (!valid(tenantId) || !valid(spaceId)) {
      throw new IllegalArgumentException(
          "tenant and space ids are 1 to 63 letters, digits, '-', '_' or '.', and begin and end with"
              + " a letter or digit");
    }
  }

  /** Whether a text can be a tenant or space id. */
  public static boolean valid(String id) {
    return LABEL_VALUE.matcher(id).matches();
  }
}
