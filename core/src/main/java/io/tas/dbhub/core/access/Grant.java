package io.tas.dbhub.core.access;

/**
 * What one user, or everybody with a role, may do with a database.
 *
 * @param principal {@code user:<subject>} or {@code role:<name>}
 */
public record Grant(String principal, AccessLevel level) {
  private static final String USER = "user:";
  private static final String ROLE = "role:";

  /** How a user is named: nothing that a subject consists of can make it another principal. */
  public static String user(String subject) {
    return USER + subject;
  }

  public static String role(String name) {
    return ROLE + name;
  }
}
