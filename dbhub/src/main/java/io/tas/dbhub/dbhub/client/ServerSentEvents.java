package io.tas.dbhub.dbhub.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a whole stream of server-sent events, by the rules of the HTML standard. */
final class ServerSentEvents {
  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

  private ServerSentEvents() {}

  /**
   * The data of each event of the type {@code message}, which is also the type of an event that
   * names none. An event that the stream broke off in is dropped.
   */
  static List<String> messages(String stream) {
    List<String> messages = new ArrayList<>();
    List<String> data = new ArrayList<>();
    String type = "";
    // A byte order mark may lead the stream.
    String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
    String[] lines = LINE_END.split(text, -1);
    // The last piece is not a line: nothing ended it.
    for (int i = 0; i < lines.length - 1; i++) {
      String line = lines[i];
      if (line.isEmpty()) {
        if (!data.isEmpty() && (type.isEmpty() || type.equals("message"))) {
          messages.add(String.join("\n", data));
        }
        data.clear();
        type = "";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      if (field.equals("data")) {
        data.add(value);
      } else if (field.equals("event")) {
        type = value;
      }
    }
    return messages;
  }
}
