package io.tas.dbhub.core.access;

import java.util.List;

/**
 * Who may do what with one database, besides its owner and operators.
 *
 * @param grants at most one for a principal
 * @param revision counts the changes of the list; 0 for one that was never changed
 */
public record Grants(List<Grant> grants, long revision) {
  /** At most so many are for one database. */
  public static final int MOST = 100;

  private static final String EVERYBODY = Grant.role("viewer");

  private static final Grants BY_DEFAULT =
      new Grants(
          List.of(
              new Grant(EVERYBODY, AccessLevel.VIEW),
              new Grant(Grant.role("analyst"), AccessLevel.QUERY),
              new Grant(Grant.role("editor"), AccessLevel.MANAGE)),
          0);

  private static final Grants NONE = new Grants(List.of(), 0);

  public Grants {
    grants = List.copyOf(grants);
  }

  /** Those of a database whose grants nobody has changed: each role may what it may anywhere. */
  public static Grants byDefault() {
    return BY_DEFAULT;
  }

  /** Only the owner and operators. */
  public static Grants none() {
    return NONE;
  }

  /** Whether they are what {@link #byDefault} gives. */
  public boolean asByDefault() {
    return grants.equals(BY_DEFAULT.grants);
  }

  /** Whether everybody in the space sees the database, because the lowest role does. */
  public boolean seenByEverybody() {
    return grants.stream().anyMatch(grant -> grant.principal().equals(EVERYBODY));
  }
}
