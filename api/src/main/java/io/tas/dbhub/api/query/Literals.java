package io.tas.dbhub.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.core.model.DatabaseType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes a value as a literal of a dialect, such that it is the same value in every mode the server
 * can be in.
 */
final class Literals {
  private static final int MAX_DIGITS = 1_000;

  private Literals() {}

  /**
   * @throws IllegalArgumentException with what would be right, when the dialect has no literal for
   *     the value
   */
  static String of(JsonNode value, DatabaseType type) {
    return switch (value.getNodeType()) {
      case NULL -> "NULL";
      case BOOLEAN -> bool(value.booleanValue(), type);
      case NUMBER -> number(value);
      case STRING -> string(value.textValue(), type);
      default -> throw new IllegalArgumentException("must be a text, a number, a boolean or null");
    };
  }

  private static String bool(boolean value, DatabaseType type) {
    return switch (type) {
      case POSTGRES, MYSQL, MARIADB -> value ? "TRUE" : "FALSE";
      case SQLITE, SQLSERVER -> value ? "1" : "0";
    };
  }

  private static String number(JsonNode value) {
    if (!value.isIntegralNumber()
        && !Double.isFinite(value.doubleValue())
        && !value.isBigDecimal()) {
      throw new IllegalArgumentException("must be a finite number");
    }
    BigDecimal exact = value.decimalValue();
    // Before it is written out: 1e999999999 would be a gigabyte of zeros.
    if (exact.precision() > MAX_DIGITS || Math.abs((long) exact.scale()) > MAX_DIGITS) {
      throw new IllegalArgumentException("must have at most " + MAX_DIGITS + " digits");
    }
    String plain = exact.toPlainString();
    // Two minus signs would begin a comment.
    return exact.signum() < 0 ? "(" + plain + ")" : plain;
  }

  private static String string(String value, DatabaseType type) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("must not contain the character NUL");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("must be valid Unicode");
    }
    return switch (type) {
      case SQLITE -> quoted(value);
      case POSTGRES -> postgres(value);
      case MYSQL, MARIADB -> mysql(value);
      case SQLSERVER -> sqlServer(value);
    };
  }

  /** E'…' reads backslashes alike whether standard_conforming_strings is on or off. */
  private static String postgres(String value) {
    return value.indexOf('\\') < 0 ? quoted(value) : "E" + quoted(value.replace("\\", "\\\\"));
  }

  /**
   * Hexadecimal with an introducer is a text literal under every sql_mode and connection charset,
   * with the coercibility of a literal, so that a column's collation still wins.
   */
  private static String mysql(String value) {
    boolean plain = value.chars().allMatch(c -> c >= ' ' && c < 127 && c != '\'' && c != '\\');
    return plain
        ? quoted(value)
        : "_utf8mb4 X'" + HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)) + "'";
  }

  /** A backslash at the end of a line would swallow the line's end, so the text is cut there. */
  private static String sqlServer(String value) {
    if (!value.contains("\\\n") && !value.contains("\\\r")) {
      return "N" + quoted(value);
    }
    StringBuilder parts = new StringBuilder("(CONVERT(nvarchar(max), N'')");
    for (String part : value.split("(?<=\\\\)(?=[\\r\\n])", -1)) {
      parts.append(" + N").append(quoted(part));
    }
    return parts.append(')').toString();
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
