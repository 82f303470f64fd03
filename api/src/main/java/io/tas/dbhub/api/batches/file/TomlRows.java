package io.tas.dbhub.api.batches.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.core.model.Violation;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The configuration of a DBHub server: its {@code [[sources]]}, and what its {@code [[tools]]} say
 * of running statements on them. It is held as a whole, so it is bounded.
 */
final class TomlRows implements RowReader {
  /** The parser holds some hundred bytes for each character, and several files are read at once. */
  static final int MOST_CHARACTERS = 256 * 1024;

  /** What DBHub calls otherwise. */
  private static final Map<String, String> NAMES =
      Map.of(
          "id", "name",
          "user", "username",
          "dsn", "connection_string",
          "sslmode", "ssl_mode");

  private static final List<String> TOOL_FIELDS = List.of("readonly", "max_rows");

  /** When a server connects is not a database's matter. */
  private static final String LAZY = "lazy";

  private static final Pattern VARIABLE = Pattern.compile(".*\\$\\{\\w+}.*");

  private final DecodedText text;
  private @Nullable TomlArray sources;
  private @Nullable TomlArray tools;
  private int next;

  TomlRows(DecodedText text) {
    this.text = text;
    text.wholeFile();
  }

  @Override
  public Optional<FileRow> next() throws IOException {
    TomlArray found = sources == null ? read() : sources;
    if (next == found.size()) {
      return Optional.empty();
    }
    int line = found.inputPositionOf(next).line();
    return Optional.of(
        found.get(next++) instanceof TomlTable source
            ? row(line, source)
            : FileRow.unreadable(line, "sources", "are tables"));
  }

  private TomlArray read() throws IOException {
    TomlParseResult file = parsed(whole());
    if (file.hasErrors()) {
      // Their texts quote what they are about.
      throw new UnreadableFileException(
          file.errors().get(0).position().line(), "is where this is no TOML any more");
    }
    TomlArray found = tables(file, "sources");
    if (found == null) {
      throw new UnreadableFileException(1, "is of a file without [[sources]]");
    }
    tools = tables(file, "tools");
    sources = found;
    return found;
  }

  private static TomlParseResult parsed(String text) {
    try {
      return Toml.parse(text);
    } catch (StackOverflowError e) {
      // The parser calls itself for each bracket, and knows no limit.
      throw new UnreadableFileException(1, "is of a file that is nested too deeply");
    }
  }

  private static @Nullable TomlArray tables(TomlTable file, String name) {
    return file.get(name) instanceof TomlArray array ? array : null;
  }

  private String whole() throws IOException {
    StringWriter whole = new StringWriter();
    char[] buffer = new char[8192];
    for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
      whole.write(buffer, 0, read);
      if (whole.getBuffer().length() > MOST_CHARACTERS) {
        throw new UnreadableFileException(
            1, "is of a file with more than %d characters".formatted(MOST_CHARACTERS));
      }
    }
    return whole.toString();
  }

  private FileRow row(int line, TomlTable source) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    List<Violation> violations = new ArrayList<>();
    for (String key : source.keySet()) {
      String field = NAMES.getOrDefault(key, key);
      if (!key.equals(LAZY)) {
        put(fields, field, source.get(List.of(key)));
      }
      if (fields.path(field).isTextual()
          && VARIABLE.matcher(fields.get(field).textValue()).find()) {
        violations.add(new Violation(key, "names a variable: write what it stands for"));
      }
    }
    String id = fields.path("name").asText();
    for (int i = 0; tools != null && i < tools.size(); i++) {
      if (tools.get(i) instanceof TomlTable tool
          && "execute_sql".equals(tool.get("name"))
          && id.equals(tool.get("source"))) {
        TOOL_FIELDS.stream()
            .filter(field -> tool.contains(field) && !fields.has(field))
            .forEach(field -> put(fields, field, tool.get(field)));
      }
    }
    return new FileRow(line, fields, violations);
  }

  /** Whatever no field of a database can be is an array, so that the field's rule refuses it. */
  private static void put(ObjectNode fields, String field, @Nullable Object value) {
    if (value instanceof String string) {
      fields.put(field, string);
    } else if (value instanceof Long number) {
      fields.put(field, number);
    } else if (value instanceof Boolean flag) {
      fields.put(field, flag);
    } else {
      fields.putArray(field);
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
