package io.tas.dbhub.api.batches.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.core.model.ConnectionStrings;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection string in each line, with a name and an equals sign before it or without; a line
 * that begins with {@code #} says nothing.
 */
final class ConnectionStringRows implements RowReader {
  /** A name ends before the scheme: what follows the scheme may hold an equals sign itself. */
  private static final Pattern NAMED =
      Pattern.compile("(?<name>[^=]*?)\\s*=\\s*(?<string>[A-Za-z][A-Za-z0-9+.-]*:.*)");

  private static final Pattern STRING = Pattern.compile("[A-Za-z]+:.*");

  private final Lines lines;

  ConnectionStringRows(DecodedText text) {
    this.lines = new Lines(text);
  }

  @Override
  public Optional<FileRow> next() throws IOException {
    while (true) {
      Optional<String> line = lines.next();
      if (line.isEmpty() || !line.get().startsWith("#")) {
        return line.map(this::row);
      }
    }
  }

  private FileRow row(String line) {
    Matcher named = NAMED.matcher(line);
    boolean hasName = !STRING.matcher(line).matches() && named.matches();
    String string = hasName ? named.group("string") : line;
    try {
      ConnectionStrings.Parts parts = ConnectionStrings.parse(string);
      ObjectNode fields = JsonNodeFactory.instance.objectNode();
      fields.put("name", hasName ? named.group("name") : name(parts));
      fields.put("connection_string", string);
      return FileRow.of(lines.number(), fields);
    } catch (ConnectionStrings.MalformedException e) {
      return FileRow.unreadable(
          lines.number(), "connection_string", String.valueOf(e.getMessage()));
    }
  }

  private static String name(ConnectionStrings.Parts parts) {
    String database = parts.database() == null ? "" : parts.database();
    return parts.type().networked()
        ? database + "@" + (parts.host() == null ? "" : parts.host())
        : database;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
