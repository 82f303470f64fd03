package io.tas.dbhub.core.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes connection strings apart: {@code postgres://}, {@code postgresql://}, {@code mysql://},
 * {@code mariadb://}, {@code sqlserver://} and {@code sqlite:}. The parts become the single fields
 * and are held to the same rules; the string itself is kept nowhere, and no message quotes it,
 * because any piece of a mistyped one can be a piece of the password.
 */
public final class ConnectionStrings {
  private static final int MAX_LENGTH = 8192;

  private static final Map<String, DatabaseType> SCHEMES =
      Map.of(
          "postgres", DatabaseType.POSTGRES,
          "postgresql", DatabaseType.POSTGRES,
          "mysql", DatabaseType.MYSQL,
          "mariadb", DatabaseType.MARIADB,
          "sqlserver", DatabaseType.SQLSERVER,
          "sqlite", DatabaseType.SQLITE);

  /** The words of the drivers for our modes; ours are understood for every type. */
  private static final Map<String, SslMode> SSL_WORDS =
      Map.of(
          "disabled", SslMode.DISABLE,
          "false", SslMode.DISABLE,
          "true", SslMode.REQUIRE,
          "required", SslMode.REQUIRE,
          "verify_ca", SslMode.VERIFY_CA,
          "verify_identity", SslMode.VERIFY_FULL);

  private ConnectionStrings() {}

  /** What a string says; null is what it does not say. Holds credentials in clear. */
  public record Parts(
      DatabaseType type,
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String database,
      @Nullable String username,
      @Nullable String password,
      @Nullable String sslMode,
      @Nullable Integer connectionTimeout) {
    @Override
    public String toString() {
      return "Parts[hidden]";
    }
  }

  /** A string that cannot be taken apart; the message is for its writer and quotes nothing. */
  public static final class MalformedException extends Exception {
    MalformedException(String message) {
      super(message);
    }
  }

  public static Parts parse(String text) throws MalformedException {
    if (text.length() > MAX_LENGTH || Texts.hasControls(text)) {
      throw new MalformedException(
          "at most " + MAX_LENGTH + " characters, none of them a control character");
    }
    int colon = text.indexOf(':');
    DatabaseType type =
        colon < 0 ? null : SCHEMES.get(text.substring(0, colon).toLowerCase(Locale.ROOT));
    if (type == null) {
      throw new MalformedException(
          "begins with postgres://, postgresql://, mysql://, mariadb://, sqlserver:// or sqlite:");
    }
    String rest = text.substring(colon + 1);
    if (rest.indexOf('#') >= 0) {
      throw new MalformedException("a '#' must be written as %23");
    }
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    String location = question < 0 ? rest : rest.substring(0, question);
    return type.networked() ? server(type, location, query) : file(location, query);
  }

  private static Parts file(String location, String query) throws MalformedException {
    if (!query.isEmpty()) {
      throw new MalformedException("options are not supported for sqlite");
    }
    String path = location.startsWith("//") ? location.substring(2) : location;
    return new Parts(DatabaseType.SQLITE, null, null, decoded(path), null, null, null, null);
  }

  private static Parts server(DatabaseType type, String location, String query)
      throws MalformedException {
    if (!location.startsWith("//")) {
      throw new MalformedException("'//' is missing after the type");
    }
    int slash = location.indexOf('/', 2);
    String authority = slash < 0 ? location.substring(2) : location.substring(2, slash);
    String path = slash < 0 ? "" : location.substring(slash + 1);
    if (path.indexOf('/') >= 0) {
      throw new MalformedException("a '/' in a password or database name must be written as %2F");
    }

    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    if (login.indexOf('@') >= 0) {
      throw new MalformedException("an '@' in a username or password must be written as %40");
    }
    int colon = login.indexOf(':');
    String username = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? "" : login.substring(colon + 1);
    String address = authority.substring(at + 1);
    int portAt = portColon(address);

    Options options = Options.parse(type, query);
    String database = decoded(path);
    if (database != null && options.database != null && !database.equals(options.database)) {
      throw new MalformedException("it names two different databases");
    }
    return new Parts(
        type,
        given(portAt < 0 ? address : address.substring(0, portAt)),
        portAt < 0 ? null : (Integer) number(address.substring(portAt + 1), "the port"),
        database == null ? options.database : database,
        decoded(username),
        decoded(password),
        options.sslMode,
        options.connectionTimeout);
  }

  /** Where the port begins: the last colon that is not inside the brackets of an IPv6 address. */
  private static int portColon(String address) {
    int colon = address.lastIndexOf(':');
    return colon > address.lastIndexOf(']') ? colon : -1;
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }

  private static int number(String digits, String what) throws MalformedException {
    // Six digits hold every port and every timeout; the rules check the range.
    if (!digits.matches("[0-9]{1,6}")) {
      throw new MalformedException(what + " is not a number");
    }
    return Integer.parseInt(digits);
  }

  /** Percent-decodes strictly; null for nothing. */
  private static @Nullable String decoded(String text) throws MalformedException {
    if (text.isEmpty()) {
      return null;
    }
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(source.length);
    for (int i = 0; i < source.length; i++) {
      if (source[i] != '%') {
        bytes.put(source[i]);
        continue;
      }
      int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
      int low = i + 2 < source.length ? Character.digit(source[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new MalformedException("a '%' must be written as %25");
      }
      bytes.put((byte) (high * 16 + low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("what is percent-encoded is not UTF-8");
    }
  }

  /** What follows the question mark: only what has a field of ours. */
  private static final class Options {
    private @Nullable String sslMode;
    private @Nullable Integer connectionTimeout;
    private @Nullable String database;

    static Options parse(DatabaseType type, String query) throws MalformedException {
      Options options = new Options();
      if (query.isEmpty()) {
        return options;
      }
      for (String option : query.split("&", -1)) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? null : decoded(option.substring(equals + 1));
        if (value == null || !options.take(type, name.toLowerCase(Locale.ROOT), value)) {
          throw new MalformedException(
              "only these options are supported, each once and with a value: sslmode,"
                  + " connect_timeout"
                  + (type == DatabaseType.SQLSERVER ? ", encrypt, database" : "")
                  + "; a '?' in a username or password must be written as %3F");
        }
      }
      return options;
    }

    private boolean take(DatabaseType type, String name, String value) throws MalformedException {
      boolean sqlServer = type == DatabaseType.SQLSERVER;
      if (name.equals("sslmode")
          || name.equals("ssl-mode")
          || name.equals("ssl_mode")
          || (sqlServer && name.equals("encrypt"))) {
        boolean first = sslMode == null;
        sslMode = sslWord(value);
        return first;
      }
      if (name.equals("connect_timeout") || name.equals("connection_timeout")) {
        boolean first = connectionTimeout == null;
        connectionTimeout = number(value, "the connect timeout");
        return first;
      }
      if (sqlServer && (name.equals("database") || name.equals("databasename"))) {
        boolean first = database == null;
        database = value;
        return first;
      }
      return false;
    }

    private static String sslWord(String value) {
      String word = value.toLowerCase(Locale.ROOT);
      return Optional.ofNullable(SSL_WORDS.get(word)).map(SslMode::wireName).orElse(word);
    }
  }
}
