package io.tas.dbhub.systemtest.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP/1.1 request as it is sent on.
 *
 * @param upgrade whether the connection carries something else after it
 * @param text the whole of it, a character for each byte
 */
record WireRequest(String method, String path, boolean upgrade, String text) {
  boolean write() {
    return !method.equals("GET");
  }

  /**
   * What says whose request it is. What is made has its name in the body; else the path has it, and
   * the body may name others: an instance is written with all of its databases.
   */
  String subject() {
    return method.equals("POST") ? text : path;
  }

  /** Health writes its findings at any time: they are none of the operation's. */
  boolean status() {
    return path.contains("/status");
  }

  /** The next one of a connection; empty at its end. */
  static Optional<WireRequest> read(InputStream from) throws IOException {
    String first = line(from);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder head = new StringBuilder(first).append("\r\n");
    int length = 0;
    boolean chunked = false;
    boolean upgrade = false;
    for (String header = line(from); !header.isEmpty(); header = line(from)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("http2-settings:")
          || lower.equals("upgrade: h2c")
          || (lower.startsWith("connection:") && lower.contains("http2-settings"))) {
        continue;
      }
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).trim());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      upgrade |= lower.startsWith("upgrade:");
      head.append(header).append("\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    bytes.writeBytes(from.readNBytes(length));
    if (chunked) {
      copyChunks(from, bytes);
    }
    String[] words = first.split(" ", 3);
    return Optional.of(new WireRequest(words[0], words[1], upgrade, bytes.toString(ISO_8859_1)));
  }

  private static void copyChunks(InputStream from, ByteArrayOutputStream to) throws IOException {
    int size;
    do {
      String line = line(from);
      size = Integer.parseInt(line.trim(), 16);
      to.writeBytes((line + "\r\n").getBytes(ISO_8859_1));
      to.writeBytes(from.readNBytes(size + 2));
    } while (size > 0);
  }

  /** Without its end; empty at the end of the stream as well. */
  private static String line(InputStream from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = from.read(); next >= 0 && next != '\n'; next = from.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }
}
