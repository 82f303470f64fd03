package io.tas.dbhub.gate.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.core.model.Violation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which values of JSON are values to a database. */
final class Values {
  private static final int MAX_DIGITS = 1_000;

  private Values() {}

  /**
   * @throws RefusedQueryException Invalid, naming each that is none
   */
  static void check(List<JsonNode> parameters) throws RefusedQueryException {
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      String fault = fault(parameters.get(i));
      if (fault != null) {
        violations.add(new Violation("parameters[" + i + "]", fault));
      }
    }
    if (!violations.isEmpty()) {
      throw RefusedQueryException.invalid(violations);
    }
  }

  private static @Nullable String fault(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, BOOLEAN -> null;
      case NUMBER -> number(value);
      case STRING -> text(value.textValue());
      default -> "must be a text, a number, a boolean or null";
    };
  }

  private static @Nullable String number(JsonNode value) {
    if ((value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue())) {
      return "must be a finite number";
    }
    BigDecimal exact = value.decimalValue();
    // 1e999999999 would be a gigabyte of zeros.
    return exact.precision() > MAX_DIGITS || Math.abs((long) exact.scale()) > MAX_DIGITS
        ? "must have at most " + MAX_DIGITS + " digits"
        : null;
  }

  private static @Nullable String text(String value) {
    if (value.indexOf('\0') >= 0) {
      return "must not contain the character NUL";
    }
    return StandardCharsets.UTF_8.newEncoder().canEncode(value) ? null : "must be valid Unicode";
  }
}
