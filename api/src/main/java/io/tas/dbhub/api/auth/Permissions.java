package io.tas.dbhub.api.auth;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.Standing;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.storage.inventory.Onlooker;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one place where it is decided who may do what with a database. The role is the ceiling of
 * what somebody may do at all; the database's grants and its owner say on which. Operators may do
 * everything in their space. {@link Onlooker} carries the same rule into lists.
 */
public final class Permissions {
  private Permissions() {}

  /** Empty when the database does not exist for the caller. */
  public static Optional<AccessLevel> level(Caller caller, Database database) {
    Optional<Role> role = caller.standing();
    if (role.isEmpty() || !database.definition().scope().equals(caller.scope())) {
      return Optional.empty();
    }
    if (!includes(caller, database.id())) {
      return Optional.empty();
    }
    return standing(caller, role.get())
        .level(database)
        .map(level -> caller.token().map(token -> level.atMost(token.level())).orElse(level));
  }

  /**
   * @throws ProblemException NotFound when it does not exist for the caller, Forbidden when they
   *     see it but may not do this
   */
  public static Database require(Caller caller, Database database, AccessLevel needed) {
    AccessLevel level = level(caller, database).orElseThrow(Permissions::unknown);
    if (!level.allows(needed)) {
      throw forbidden(caller, database, level, needed);
    }
    return database;
  }

  /** Whether a database that there is no more, or not yet, may be spoken of to the caller. */
  public static boolean includes(Caller caller, String databaseId) {
    return caller.token().map(token -> token.includes(databaseId)).orElse(true);
  }

  /** What a database is to whom it does not exist for. */
  public static ProblemException unknown() {
    return new ProblemException(FailureType.NOT_FOUND, "There is no such database.");
  }

  /** How far the caller goes on any database. */
  public static AccessLevel ceiling(Caller caller) {
    AccessLevel most = caller.standing().map(Role::ceiling).orElse(AccessLevel.VIEW);
    return caller.token().map(token -> most.atMost(token.level())).orElse(most);
  }

  /** What lists leave out for the caller. */
  public static Onlooker onlooker(Caller caller) {
    Optional<Role> role = caller.standing();
    List<String> only = caller.token().flatMap(TokenScope::only).orElse(null);
    if (role.isEmpty()) {
      return new Onlooker(caller.subject(), Set.of(), List.of());
    }
    return role.get() == Role.OPERATOR
        ? new Onlooker(null, Set.of(), only)
        : new Onlooker(caller.subject(), principals(caller, role.get()), only);
  }

  /**
   * What the caller's rights are made of, for what acts for them when they are gone: as they are
   * now. Without what an agent's token narrows them to.
   */
  public static Standing standing(Caller caller, Role role) {
    return new Standing(
        caller.subject(), role == Role.OPERATOR, principals(caller, role), role.ceiling());
  }

  /** Who has a role has those below it, too. */
  private static Set<String> principals(Caller caller, Role role) {
    return Stream.concat(
            Stream.of(Grant.user(caller.subject())),
            Arrays.stream(Role.values())
                .filter(each -> each.compareTo(role) <= 0)
                .map(each -> Grant.role(each.wireName())))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static ProblemException forbidden(
      Caller caller, Database database, AccessLevel level, AccessLevel needed) {
    ProblemException problem =
        new ProblemException(
            FailureType.FORBIDDEN,
            "This needs the level %s on the database; yours is %s."
                .formatted(needed.wireName(), level.wireName()));
    if (caller.token().isPresent() && !caller.token().get().level().allows(needed)) {
      return problem.withSuggestion("Use a token of the level " + needed.wireName() + ".");
    }
    if (!caller.standing().map(Role::ceiling).orElse(AccessLevel.VIEW).allows(needed)) {
      return problem.withSuggestion(
          "Your role does not go that far on any database: ask an administrator of the space.");
    }
    String owner = database.definition().ownerId();
    return problem.withSuggestion(
        "%s can give it to you: PUT /api/v1/databases/%s/grants."
            .formatted(
                owner.isEmpty() ? "An operator" : "Its owner " + owner + ", or an operator,",
                database.id()));
  }
}
