package io.tas.dbhub.core.model;

import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.Credentials;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over one draft. */
final class DraftCheck {
  private static final int MAX_NAME = 255;
  private static final int MAX_PATH = 1024;
  private static final int MAX_PASSWORD = 4096;
  private static final int MAX_DESCRIPTION = 1000;
  private static final String CONNECTION_STRING = "connection_string";

  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> fromString = new HashSet<>();
  private final DatabaseDraft draft;
  private final boolean nameNeeded;
  private final @Nullable DatabaseDefinition existing;

  /** Of a connection to be made, or only to be tried. */
  DraftCheck(DatabaseDraft sent, boolean nameNeeded) {
    this.nameNeeded = nameNeeded;
    this.existing = null;
    this.draft = unfolded(sent);
  }

  /** Of a change. */
  DraftCheck(DatabaseDraft sent, DatabaseDefinition existing) {
    this.nameNeeded = true;
    this.existing = existing;
    DatabaseDraft unfolded = unfolded(sent);
    this.draft = unfolded.over(existing, !fromString.contains("host"));
  }

  static DraftCheck ofCredentials(@Nullable String username, @Nullable String password) {
    return new DraftCheck(DatabaseDraft.ofCredentials(username, password), false);
  }

  DatabaseRules.Outcome made() {
    String name = name();
    DatabaseType type = type();
    Target target = target(type == null ? DatabaseType.POSTGRES : type, type != null);
    Credentials credentials = credentials(type);
    AccessPolicy policy = policy();
    Map<String, String> labels = labels();
    String description = description();
    String color = color();
    if (!violations.isEmpty()) {
      return new DatabaseRules.Refused(violations);
    }
    return new DatabaseRules.Accepted(
        name, target, policy, labels, description, color, active(), credentials);
  }

  DatabaseRules.Outcome changed() {
    DatabaseDefinition before = Objects.requireNonNull(existing);
    DatabaseType type = before.target().type();
    if (!type.wireName().equals(draft.type())) {
      violate("type", "cannot be changed; it is " + type.wireName());
    }
    DatabaseDefinition after =
        new DatabaseDefinition(
            before.id(),
            before.scope(),
            before.ownerId(),
            name(),
            target(type, true),
            policy(),
            labels(),
            description(),
            color(),
            active());
    CredentialChange credentials = credentialChange(type);
    if (draft.password() == null && leadsElsewhere(before.target(), after.target())) {
      violate(
          "password",
          "is needed again with another host or port or a weaker ssl_mode: a stored password is"
              + " only sent where it was meant for");
    }
    return violations.isEmpty()
        ? new DatabaseRules.Changed(after, credentials)
        : new DatabaseRules.Refused(violations);
  }

  /** Whoever may change a connection may not learn its password by leading it to themselves. */
  private static boolean leadsElsewhere(Target before, Target after) {
    return before.type().networked()
        && !(before.host().equals(after.host())
            && before.port() == after.port()
            && after.sslMode().compareTo(before.sslMode()) >= 0);
  }

  DatabaseRules.Outcome given(@Nullable DatabaseType type) {
    CredentialChange credentials = credentialChange(type);
    return violations.isEmpty()
        ? new DatabaseRules.Given(credentials)
        : new DatabaseRules.Refused(violations);
  }

  private DatabaseDraft unfolded(DatabaseDraft sent) {
    String string = sent.connectionString();
    if (string == null) {
      return sent;
    }
    try {
      ConnectionStrings.Parts parts = ConnectionStrings.parse(string);
      once("type", sent.type(), parts.type().wireName());
      once("host", unbracketed(sent.host()), unbracketed(parts.host()));
      once("port", sent.port(), parts.port());
      once("database", sent.database(), parts.database());
      once("username", sent.username(), parts.username());
      once("password", sent.password(), parts.password());
      once("ssl_mode", sent.sslMode(), parts.sslMode());
      once("connection_timeout", sent.connectionTimeout(), parts.connectionTimeout());
      return sent.with(parts);
    } catch (ConnectionStrings.MalformedException e) {
      violate(CONNECTION_STRING, String.valueOf(e.getMessage()));
      return sent;
    }
  }

  private void once(String field, @Nullable Object single, @Nullable Object part) {
    if (part != null && single == null) {
      fromString.add(field);
    } else if (part != null && !Objects.equals(single, part)) {
      violate(field, "differs from what connection_string says");
    }
  }

  private String name() {
    String sent = draft.name();
    if (sent == null) {
      if (nameNeeded) {
        violate("name", "is required");
      }
      return "";
    }
    String name = Texts.canonical(sent);
    if (name.isEmpty() || Texts.length(name) > MAX_NAME) {
      violate("name", "has 1 to " + MAX_NAME + " characters");
    }
    if (!Texts.printable(name)) {
      violate("name", "has only printable characters");
    }
    return name;
  }

  private @Nullable DatabaseType type() {
    if (blank(draft.type())) {
      // A malformed connection string is one violation, not one and all that it leaves open.
      if (draft.connectionString() == null) {
        violate("type", "is required: postgres, mysql, mariadb, sqlserver or sqlite");
      }
      return null;
    }
    DatabaseType type = DatabaseType.fromWireName(String.valueOf(draft.type())).orElse(null);
    if (type == null) {
      violate("type", "is one of postgres, mysql, mariadb, sqlserver, sqlite");
    }
    return type;
  }

  private Target target(DatabaseType type, boolean typeKnown) {
    return new Target(
        type,
        host(type, typeKnown),
        port(type),
        database(type, typeKnown),
        sslMode(type),
        number(
            "connection_timeout",
            draft.connectionTimeout(),
            1,
            300,
            DatabaseRules.DEFAULT_CONNECTION_TIMEOUT_SECONDS),
        number(
            "query_timeout",
            draft.queryTimeout(),
            1,
            3600,
            DatabaseRules.DEFAULT_QUERY_TIMEOUT_SECONDS));
  }

  private String host(DatabaseType type, boolean typeKnown) {
    String host = draft.host() == null ? "" : Hosts.unbracketed(draft.host());
    if (!type.networked()) {
      if (!host.isEmpty()) {
        violate("host", "sqlite is a file and has no host");
      }
    } else if (host.isEmpty()) {
      if (typeKnown) {
        violate("host", "is required");
      }
    } else if (!Hosts.valid(host)) {
      violate("host", "is a hostname or an IP address (IPv4 or IPv6)");
    }
    return host;
  }

  private int port(DatabaseType type) {
    Integer port = draft.port();
    if (!type.networked()) {
      // Some clients cannot leave a number out.
      if (port != null && port != 0) {
        violate("port", "sqlite is a file and has no port");
      }
      return 0;
    }
    return number("port", port, 1, 65_535, type.defaultPort());
  }

  private String database(DatabaseType type, boolean typeKnown) {
    String database = draft.database();
    if (database == null || database.isBlank()) {
      if (typeKnown) {
        violate("database", "is required");
      }
      return "";
    }
    int longest = type.networked() ? MAX_NAME : MAX_PATH;
    if (Texts.length(database) > longest) {
      violate("database", "has 1 to " + longest + " characters");
    }
    if (!Texts.printable(database)) {
      violate("database", "has only printable characters");
    }
    if (!type.networked() && !plainPath(database)) {
      violate(
          "database",
          "is the path of a file inside the configured folder: no '..', no 'file:' and no"
              + " ':memory:'");
    }
    return database;
  }

  private static boolean plainPath(String path) {
    return !path.startsWith(":")
        && !path.regionMatches(true, 0, "file:", 0, "file:".length())
        && List.of(path.split("[/\\\\]", -1)).stream().noneMatch(".."::equals);
  }

  private SslMode sslMode(DatabaseType type) {
    String sent = draft.sslMode();
    if (blank(sent)) {
      return type.networked() ? SslMode.REQUIRE : SslMode.DISABLE;
    }
    SslMode mode = SslMode.fromWireName(String.valueOf(sent)).orElse(null);
    if (mode == null) {
      violate("ssl_mode", "is one of disable, require, verify-ca, verify-full");
      return SslMode.REQUIRE;
    }
    if (!type.networked() && mode.encrypted()) {
      violate("ssl_mode", "sqlite is a file and has no TLS");
    }
    return mode;
  }

  private Credentials credentials(@Nullable DatabaseType type) {
    String username = draft.username() == null ? "" : draft.username();
    String password = draft.password() == null ? "" : draft.password();
    if (type == DatabaseType.SQLITE) {
      if (!username.isEmpty()) {
        violate("username", "sqlite is a file and has no login");
      }
      if (!password.isEmpty()) {
        violate("password", "sqlite is a file and has no login");
      }
      return new Credentials("", "");
    }
    credential("username", username, MAX_NAME, type != null);
    credential("password", password, MAX_PASSWORD, type != null);
    return new Credentials(username, password);
  }

  private CredentialChange credentialChange(@Nullable DatabaseType type) {
    if (type == DatabaseType.SQLITE) {
      credentials(type);
      return new CredentialChange(null, null);
    }
    if (draft.username() != null) {
      credential("username", draft.username(), MAX_NAME, true);
    }
    if (draft.password() != null) {
      credential("password", draft.password(), MAX_PASSWORD, true);
    }
    return new CredentialChange(draft.username(), draft.password());
  }

  private void credential(String field, String value, int longest, boolean needed) {
    if (value.isEmpty()) {
      if (needed) {
        violate(field, "is required");
      }
      return;
    }
    if (Texts.length(value) > longest) {
      violate(field, "has 1 to " + longest + " characters");
    }
    if (Texts.hasControls(value)) {
      violate(field, "has no control characters");
    }
  }

  private AccessPolicy policy() {
    int maxRows = number("max_rows", draft.maxRows(), 1, 100_000, DatabaseRules.DEFAULT_MAX_ROWS);
    // Writable only when somebody says so, as the Database resource has it.
    return new AccessPolicy(!Boolean.FALSE.equals(draft.readOnly()), maxRows);
  }

  private Map<String, String> labels() {
    Map<String, String> labels = draft.labels() == null ? Map.of() : draft.labels();
    violations.addAll(LabelRules.violations(labels));
    return labels;
  }

  private boolean active() {
    return !Boolean.FALSE.equals(draft.active());
  }

  private String description() {
    String description = draft.description() == null ? "" : draft.description();
    if (Texts.length(description) > MAX_DESCRIPTION) {
      violate("description", "has at most " + MAX_DESCRIPTION + " characters");
    }
    if (!Texts.printableLines(description)) {
      violate("description", "has only printable characters, lines and tabs");
    }
    return description;
  }

  private String color() {
    String color = draft.color() == null ? "" : draft.color();
    if (!color.matches("(#[0-9A-Fa-f]{3,8}|[A-Za-z]{1,32})?")) {
      violate("color", "is a name, or '#' and 3 to 8 hexadecimal digits");
    }
    return color;
  }

  private int number(
      String field, @Nullable Integer sent, int smallest, int largest, int otherwise) {
    if (sent == null) {
      return otherwise;
    }
    if (sent < smallest || sent > largest) {
      violate(field, "is a number from " + smallest + " to " + largest);
    }
    return sent;
  }

  /** Names the field that the client wrote: a part of the connection string is not one. */
  private void violate(String field, String message) {
    violations.add(
        fromString.contains(field)
            ? new Violation(CONNECTION_STRING, "its " + field + " " + message)
            : new Violation(field, message));
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  private static @Nullable String unbracketed(@Nullable String host) {
    return host == null ? null : Hosts.unbracketed(host);
  }
}
