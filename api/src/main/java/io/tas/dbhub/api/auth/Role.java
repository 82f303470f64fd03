package io.tas.dbhub.api.auth;

import io.tas.dbhub.core.access.AccessLevel;
import java.util.Arrays;
import java.util.Optional;

/** What somebody may do. Each role may do what those before it may. */
public enum Role {
  /** Lists and looks. */
  VIEWER(Role.Names.VIEWER),
  /** Queries. */
  ANALYST(Role.Names.ANALYST),
  /** Creates, changes, deletes. */
  EDITOR(Role.Names.EDITOR),
  /** Decides where a workflow waits for a person. */
  OPERATOR(Role.Names.OPERATOR);

  /** The roles' names in tokens, as constants for annotations. */
  public static final class Names {
    public static final String VIEWER = "viewer";
    public static final String ANALYST = "analyst";
    public static final String EDITOR = "editor";
    public static final String OPERATOR = "operator";

    private Names() {}
  }

  private final String wireName;

  Role(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** What it may do with a database at most, whatever is granted. */
  AccessLevel ceiling() {
    return switch (this) {
      case VIEWER -> AccessLevel.VIEW;
      case ANALYST -> AccessLevel.WRITE;
      case EDITOR, OPERATOR -> AccessLevel.MANAGE;
    };
  }

  public static Optional<Role> fromWireName(String name) {
    return Arrays.stream(values()).filter(role -> role.wireName.equals(name)).findFirst();
  }
}
