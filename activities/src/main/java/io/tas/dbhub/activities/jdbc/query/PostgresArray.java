package io.tas.dbhub.activities.jdbc.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * PostgreSQL's text of an array (its manual, section 8.15.6) as a JSON array: {@code {1,NULL,"a \"
 * b"}}, nested where it has more dimensions. What is not of that form stays a text.
 */
final class PostgresArray {
  private static final int MAX_DEPTH = 6;

  private final String text;
  private final String type;
  private final char delimiter;
  private int at;

  private PostgresArray(String text, String type) {
    this.text = text;
    this.type = type;
    this.delimiter = type.equals("box") ? ';' : ',';
  }

  static void write(JsonGenerator json, String text, String type) throws IOException {
    if (new PostgresArray(text, type).wellFormed()) {
      new PostgresArray(text, type).array(json);
    } else {
      // With bounds of its own, [2:3]={…}: they would be lost.
      json.writeString(text);
    }
  }

  private boolean wellFormed() {
    if (text.isEmpty() || text.charAt(0) != '{') {
      return false;
    }
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '{') {
        depth++;
      } else if (!quoted && c == '}') {
        depth--;
      }
      if (depth > MAX_DEPTH || depth < 0 || (depth == 0 && i + 1 < text.length())) {
        return false;
      }
    }
    return depth == 0 && !quoted;
  }

  private void array(JsonGenerator json) throws IOException {
    json.writeStartArray();
    at++;
    while (text.charAt(at) != '}') {
      if (text.charAt(at) == '{') {
        array(json);
      } else if (text.charAt(at) == '"') {
        PostgresEngine.write(json, quoted(), type);
      } else {
        String plain = plain();
        if (plain.equalsIgnoreCase("null")) {
          json.writeNull();
        } else {
          PostgresEngine.write(json, plain, type);
        }
      }
      if (text.charAt(at) == delimiter) {
        at++;
      }
    }
    at++;
    json.writeEndArray();
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      value.append(text.charAt(at++));
    }
    at++;
    return value.toString();
  }

  private String plain() {
    StringBuilder value = new StringBuilder();
    while (text.charAt(at) != delimiter && text.charAt(at) != '}') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      value.append(text.charAt(at++));
    }
    return value.toString();
  }
}
