package io.tas.dbhub.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tas.dbhub.core.names.Reasons;
import java.util.Locale;

/** What the login of a read-only connection may do by the server's own rules. */
public enum LoginRights {
  /** Nobody asked: the connection may write itself, or has no login. */
  UNASKED("", ""),
  READ_ONLY(Reasons.LOGIN_READ_ONLY, "The login may only read."),
  MAY_WRITE(
      Reasons.LOGIN_MAY_WRITE,
      "The connection is read-only, but its login may write: only the gate before the server keeps"
          + " it from that."),
  /** The server does not tell, or tells of rights that could allow more but need not. */
  UNKNOWN(
      Reasons.LOGIN_RIGHTS_UNKNOWN,
      "The connection is read-only; whether its login may write could not be found out.");

  /** What to do about a login that may, or could, write. */
  public static final String SUGGESTION =
      "Use a login with no rights but SELECT: grant that one SELECT, or revoke what else this one"
          + " was granted.";

  private final String reason;
  private final String message;

  LoginRights(String reason, String message) {
    this.reason = reason;
    this.message = message;
  }

  /** For a condition: a word in CamelCase. */
  public String reason() {
    return reason;
  }

  /** One sentence. */
  public String message() {
    return message;
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static LoginRights parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
