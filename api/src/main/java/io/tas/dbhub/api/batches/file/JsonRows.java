package io.tas.dbhub.api.batches.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** An array of objects, or an object whose one field {@code databases} is such an array. */
final class JsonRows implements RowReader {
  private static final String FIELD = "databases";

  private final DecodedText text;
  private final JsonParser json;
  private boolean wrapped;
  private boolean begun;
  private boolean ended;

  JsonRows(DecodedText text) throws IOException {
    this.text = text;
    this.json = StrictJson.parser(text);
  }

  @Override
  public Optional<FileRow> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    try {
      if (!begun) {
        begin();
      }
      text.rowBegins(line());
      if (json.nextToken() == JsonToken.END_ARRAY) {
        end();
        ended = true;
        return Optional.empty();
      }
      long line = json.currentTokenLocation().getLineNr();
      long offset = json.currentTokenLocation().getCharOffset();
      JsonNode row = StrictJson.tree(json);
      if (json.currentLocation().getCharOffset() - offset > DecodedText.LONGEST_ROW) {
        throw DecodedText.tooLong(line);
      }
      return Optional.of(
          row instanceof ObjectNode fields
              ? FileRow.of(line, fields)
              : FileRow.unreadable(line, "row", "is an object with the fields of a database"));
    } catch (JsonProcessingException e) {
      // Its text quotes what it has read.
      throw new UnreadableFileException(
          e.getLocation() == null ? line() : e.getLocation().getLineNr(),
          "is where this is no JSON any more, names a field twice, or is nested too deeply");
    }
  }

  private void begin() throws IOException {
    begun = true;
    JsonToken first = json.nextToken();
    if (first == JsonToken.START_OBJECT) {
      wrapped = true;
      if (json.nextToken() != JsonToken.FIELD_NAME || !json.currentName().equals(FIELD)) {
        throw shape();
      }
      first = json.nextToken();
    }
    if (first != JsonToken.START_ARRAY) {
      throw shape();
    }
  }

  private void end() throws IOException {
    if ((wrapped && json.nextToken() != JsonToken.END_OBJECT) || json.nextToken() != null) {
      throw shape();
    }
  }

  private UnreadableFileException shape() {
    return new UnreadableFileException(
        line(), "is not as it must be: an array of objects, or an object with it as 'databases'");
  }

  private long line() {
    return json.currentLocation().getLineNr();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
