package io.tas.dbhub.api.batches.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A file as text: UTF-8, or UTF-16 where it begins with its byte order mark. What is neither ends
 * it, and so does a row that is too long to be one, before it is held. For one thread.
 */
final class DecodedText extends Reader {
  static final long MOST_BYTES = 512L * 1024 * 1024;

  /** In characters. */
  static final int LONGEST_ROW = 64 * 1024;

  /** Who reads is ahead of the row by what their buffers hold. */
  private static final int AHEAD = 16 * 1024;

  private static final int BUFFER = 8 * 1024;

  private final InputStream source;
  private final long mostBytes;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private final CharsetDecoder decoder;
  private long bytesRead;
  private boolean sourceEnded;
  private boolean decoded;
  private boolean malformed;
  private long line = 1;
  private char last;
  private long rowLine = 1;
  private long rowLength;
  private boolean bounded = true;

  DecodedText(InputStream source) throws IOException {
    this(source, MOST_BYTES);
  }

  DecodedText(InputStream source, long mostBytes) throws IOException {
    this.source = source;
    this.mostBytes = mostBytes;
    this.decoder =
        charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** What is read from now on belongs to a row that begins in this line. */
  void rowBegins(long inLine) {
    rowLine = inLine;
    rowLength = 0;
  }

  /** The file has no rows that could be too long: it is bounded itself. */
  void wholeFile() {
    bounded = false;
  }

  static UnreadableFileException tooLong(long line) {
    return new UnreadableFileException(
        line,
        "begins a row of more than %d characters: is a quote or a bracket not closed?"
            .formatted(LONGEST_ROW));
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (malformed) {
        throw new UnreadableFileException(line, "is not UTF-8 from here on");
      }
      if (decoded) {
        return -1;
      }
      decode();
    }
    int taken = Math.min(length, chars.remaining());
    chars.get(target, offset, taken);
    count(target, offset, taken);
    return taken;
  }

  private Charset charset() throws IOException {
    while (bytes.limit() < 3 && !sourceEnded) {
      fill();
    }
    if (begins(0xef, 0xbb, 0xbf)) {
      bytes.position(3);
      return StandardCharsets.UTF_8;
    }
    if (begins(0xfe, 0xff) || begins(0xff, 0xfe)) {
      // The decoder takes the mark itself.
      return StandardCharsets.UTF_16;
    }
    return StandardCharsets.UTF_8;
  }

  private boolean begins(int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.limit() || (bytes.get(i) & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private void decode() throws IOException {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, sourceEnded);
    if (result.isError()) {
      malformed = true;
    } else if (result.isUnderflow()) {
      if (sourceEnded) {
        decoder.flush(chars);
        decoded = true;
      } else {
        fill();
      }
    }
    chars.flip();
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = source.read(bytes.array(), bytes.position(), bytes.remaining());
    sourceEnded = read < 0;
    bytes.position(bytes.position() + Math.max(0, read));
    bytes.flip();
    bytesRead += Math.max(0, read);
    if (bytesRead > mostBytes) {
      throw new UnreadableFileException(
          line, "is where the file has more than %d bytes".formatted(mostBytes));
    }
  }

  private void count(char[] read, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      char c = read[i];
      if (c == '\0') {
        throw new UnreadableFileException(
            line, "is no text: UTF-16 needs its byte order mark at the beginning");
      }
      if (c == '\r' || (c == '\n' && last != '\r')) {
        line++;
      }
      last = c;
    }
    rowLength += length;
    if (bounded && rowLength > LONGEST_ROW + AHEAD) {
      throw tooLong(rowLine);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
