package io.tas.dbhub.dev.node;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows the answers of an HTTP/1.1 connection just enough to know when one is complete, and to
 * ask the client to close after one. Anything that is not HTTP passes untouched and counts as
 * complete when it is quiet.
 */
final class HttpAnswer {

  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length:\\s*(\\d+)\\s*\r\n");
  private static final Pattern CHUNKED = Pattern.compile("\r\ntransfer-encoding:[^\r]*chunked");
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSE = "Connection: close\r\n".getBytes(StandardCharsets.US_ASCII);

  private boolean atHead;
  private boolean complete = true;
  private boolean chunked;
  private long left;
  private byte[] tail = new byte[0];

  /** A request, or a part of one, is on its way. */
  synchronized void expected() {
    if (complete) {
      complete = false;
      atHead = true;
    }
  }

  synchronized boolean complete() {
    return complete;
  }

  /**
   * The bytes to pass on for those that came, with the request to close in the head when it is
   * time.
   */
  synchronized byte[] pass(byte[] buffer, int count, boolean close) {
    byte[] bytes = Arrays.copyOf(buffer, count);
    if (!atHead) {
      follow(bytes, 0);
      return bytes;
    }
    atHead = false;
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int lineEnd = text.indexOf("\r\n");
    int headEnd = text.indexOf("\r\n\r\n");
    if (!text.startsWith("HTTP/1.1 ") || headEnd < 0) {
      complete = true;
      return bytes;
    }
    String head = text.substring(0, headEnd + 2).toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(head);
    chunked = CHUNKED.matcher(head).find();
    left = length.find() ? Long.parseLong(length.group(1)) : 0;
    tail = new byte[0];
    follow(bytes, headEnd + 4);
    if (!close) {
      return bytes;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(count + CLOSE.length);
    out.write(bytes, 0, lineEnd + 2);
    out.writeBytes(CLOSE);
    out.write(bytes, lineEnd + 2, count - lineEnd - 2);
    return out.toByteArray();
  }

  private void follow(byte[] bytes, int from) {
    if (!chunked) {
      left -= bytes.length - from;
      complete = left <= 0;
      return;
    }
    int keep = LAST_CHUNK.length;
    byte[] seen = Arrays.copyOf(tail, tail.length + bytes.length - from);
    System.arraycopy(bytes, from, seen, tail.length, bytes.length - from);
    tail = Arrays.copyOfRange(seen, Math.max(0, seen.length - keep), seen.length);
    complete = Arrays.equals(tail, LAST_CHUNK);
  }
}
