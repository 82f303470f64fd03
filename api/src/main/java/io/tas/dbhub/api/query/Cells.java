package io.tas.dbhub.api.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tas.dbhub.core.query.ResultEnd;
import io.tas.dbhub.core.query.ResultEnd.Truncated;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How the cells of an answer are named, copied and counted. */
public final class Cells {
  private Cells() {}

  /** Each once: of equal names the later ones are numbered, and none is empty. */
  public static List<String> keys(List<String> names) {
    Set<String> taken = new HashSet<>(names);
    Set<String> used = new HashSet<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean made = names.get(i).isEmpty();
      String name = made ? "column_" + (i + 1) : names.get(i);
      String key = name;
      for (int n = 2; used.contains(key) || (made && taken.contains(key)); n++) {
        key = name + "_" + n;
        made = true;
      }
      used.add(key);
      keys.add(key);
    }
    return keys;
  }

  /** One value. Numbers as they are written: a decimal of Java's has no -0.0. */
  public static void copy(JsonParser value, JsonGenerator to) throws IOException {
    int depth = 0;
    do {
      JsonToken token = depth == 0 ? value.currentToken() : value.nextToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token.isNumeric()) {
        to.writeNumber(value.getText());
      } else {
        to.copyCurrentEvent(value);
      }
    } while (depth > 0);
  }

  /** How many rows a result has, and whether all of them are there: fields of an object. */
  public static void count(ResultEnd end, JsonGenerator to) throws IOException {
    to.writeNumberField("row_count", end.rows());
    Truncated truncated = end.truncated();
    to.writeBooleanField("truncated", truncated != null);
    if (truncated != null) {
      to.writeStringField("truncated_by", truncated.name().toLowerCase(Locale.ROOT));
    }
  }
}
