package io.tas.dbhub.activities.jdbc.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON, each exactly: what a reader's floating-point number could not hold is a text.
 * Decimals are always texts, for their digits behind the point mean something.
 */
final class Json {
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,4})?");

  /** 2^53 - 1, the largest integer that is exact everywhere (RFC 8259, section 6). */
  private static final long SAFE = (1L << 53) - 1;

  private static final BigInteger SAFE_BIG = BigInteger.valueOf(SAFE);

  private Json() {}

  static void integer(JsonGenerator json, long value) throws IOException {
    if (value >= -SAFE && value <= SAFE) {
      json.writeNumber(value);
    } else {
      json.writeString(Long.toString(value));
    }
  }

  static void integer(JsonGenerator json, BigInteger value) throws IOException {
    if (value.abs().compareTo(SAFE_BIG) <= 0) {
      json.writeNumber(value);
    } else {
      json.writeString(value.toString());
    }
  }

  /** What is not an integer after all stays a text. */
  static void integer(JsonGenerator json, String digits) throws IOException {
    try {
      integer(json, Long.parseLong(digits));
    } catch (NumberFormatException e) {
      json.writeString(digits);
    }
  }

  static void decimal(JsonGenerator json, BigDecimal value) throws IOException {
    json.writeString(value.toPlainString());
  }

  /** Infinities and what is not a number are texts. */
  static void floating(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }

  static void floating(JsonGenerator json, float value) throws IOException {
    if (Float.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Float.toString(value));
    }
  }

  /** With the digits that the server wrote. */
  static void floating(JsonGenerator json, String digits) throws IOException {
    if (NUMBER.matcher(digits).matches()) {
      json.writeNumber(digits);
    } else {
      json.writeString(digits);
    }
  }

  /** A document becomes a part of the answer; what is none stays a text. */
  static void document(JsonGenerator json, String text) throws IOException {
    @Nullable JsonNode tree;
    try {
      tree = EXACT.readTree(text);
    } catch (JsonProcessingException e) {
      tree = null;
    }
    if (tree == null || tree.isMissingNode()) {
      json.writeString(text);
    } else {
      EXACT.writeTree(json, tree);
    }
  }

  /** A date and time as in RFC 3339, but for a zone where there is none. */
  static void dateTime(JsonGenerator json, String text, boolean utc) throws IOException {
    boolean usual = text.length() >= 19 && text.charAt(10) == ' ' && !text.endsWith("BC");
    if (!usual) {
      json.writeString(text);
      return;
    }
    String joined = text.substring(0, 10) + 'T' + text.substring(11);
    json.writeString(utc ? zulu(joined) : joined);
  }

  private static String zulu(String text) {
    if (text.endsWith("+00") || text.endsWith("+00:00")) {
      return text.substring(0, text.lastIndexOf('+')) + "Z";
    }
    return text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10
        ? text
        : text + "Z";
  }
}
