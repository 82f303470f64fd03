package io.tas.dbhub.core.model;

import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.Credentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes a connection valid, and what holds where nothing was said. Answers every violation at
 * once; no message repeats a credential.
 */
public final class DatabaseRules {
  public static final int DEFAULT_MAX_ROWS = 1000;
  public static final int DEFAULT_CONNECTION_TIMEOUT_SECONDS = 30;
  public static final int DEFAULT_QUERY_TIMEOUT_SECONDS = 15;

  private DatabaseRules() {}

  /** What a draft comes to. */
  public sealed interface Outcome {}

  /** A draft that keeps the rules, with the defaults in place. */
  public record Accepted(
      String name,
      Target target,
      AccessPolicy policy,
      Map<String, String> labels,
      String description,
      String color,
      boolean active,
      Credentials credentials)
      implements Outcome {
    public Accepted {
      labels = Map.copyOf(labels);
    }

    public DatabaseDefinition definition(String id, Scope scope, String ownerId) {
      return new DatabaseDefinition(
          id, scope, ownerId, name, target, policy, labels, description, color, active);
    }
  }

  /**
   * A change that keeps the rules.
   *
   * @param definition whole, as it shall be
   * @param credentials the halves that were given
   */
  public record Changed(DatabaseDefinition definition, CredentialChange credentials)
      implements Outcome {}

  /** Credentials, or halves of them, that keep the rules. */
  public record Given(CredentialChange credentials) implements Outcome {}

  /** A draft that breaks rules: all of them. */
  public record Refused(List<Violation> violations) implements Outcome {
    public Refused {
      violations = List.copyOf(violations);
    }
  }

  /** For a connection that is to be made. */
  public static Outcome forCreation(DatabaseDraft draft) {
    return new DraftCheck(draft, true).made();
  }

  /**
   * For what a Database resource made by hand says: the same rules, but for the credentials, which
   * are its Secret's matter.
   */
  public static Outcome forManifest(DatabaseDefinition said) {
    return new DraftCheck(DatabaseDraft.ofManifest(said), true).made();
  }

  /** For a connection that is only tried: it needs no name. */
  public static Outcome forTest(DatabaseDraft draft) {
    return new DraftCheck(draft, false).made();
  }

  /**
   * For a connection that exists: what was not sent stays, and the whole is checked anew. The type
   * may be repeated, not changed. A connection string says where the connection leads, so a port it
   * leaves out is the type's own and not the old one.
   *
   * @param sent labels, where there are any, are all labels
   */
  public static Outcome forUpdate(DatabaseDefinition existing, DatabaseDraft sent) {
    return new DraftCheck(sent, existing).changed();
  }

  /**
   * For credentials on their own: what is null stays as it is.
   *
   * @param type null where it is not known
   */
  public static Outcome forCredentials(
      @Nullable DatabaseType type, @Nullable String username, @Nullable String password) {
    return DraftCheck.ofCredentials(username, password).given(type);
  }
}
