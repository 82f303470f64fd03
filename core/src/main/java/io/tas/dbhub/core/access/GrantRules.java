package io.tas.dbhub.core.access;

import io.tas.dbhub.core.model.Texts;
import java.util.List;
import java.util.Optional;

/** What a principal of a grant may be. */
public final class GrantRules {
  private static final int LONGEST_SUBJECT = 255;
  private static final List<String> ROLES = List.of("viewer", "analyst", "editor");
  private static final String OPERATORS = Grant.role("operator");

  private GrantRules() {}

  /** What is wrong with it; empty where nothing is. */
  public static Optional<String> violation(String principal) {
    if (principal.equals(OPERATORS)) {
      return Optional.of("needs no grant: operators may do everything in their space");
    }
    if (ROLES.stream().map(Grant::role).anyMatch(principal::equals)) {
      return Optional.empty();
    }
    String user = Grant.user("");
    if (!principal.startsWith(user)) {
      return Optional.of("is user: with a subject, or role:viewer, role:analyst or role:editor");
    }
    String subject = principal.substring(user.length());
    return subject.isBlank() || Texts.length(subject) > LONGEST_SUBJECT || !Texts.printable(subject)
        ? Optional.of("names a subject of 1 to 255 characters that can be seen")
        : Optional.empty();
  }
}
