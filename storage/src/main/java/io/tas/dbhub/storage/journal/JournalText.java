package io.tas.dbhub.storage.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Text as every database stores it: without NUL and half characters, and not endless. */
final class JournalText {
  private static final int LONGEST = 4000;
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_NAME = LONGEST_KEY - 65;
  private static final int LONGEST_DATABASE_NAME = 2 * 255;
  private static final int LONGEST_QUERY = 100_000;

  private JournalText() {}

  /** Not longer than anyone reads. */
  static String of(String text) {
    return shortened(text, LONGEST);
  }

  /** For columns that stand in an index, whose entries have a size limit. */
  static String key(String text) {
    return shortened(text, LONGEST_KEY);
  }

  /** Names of databases as long as any can be: 255 characters, each of which may be two. */
  static String name(String text) {
    return shortened(text, LONGEST_DATABASE_NAME);
  }

  /** As long as the longest that is accepted. */
  static String query(String text) {
    return shortened(text, LONGEST_QUERY);
  }

  /** However long it is: who writes it has bounded it. */
  static String whole(String text) {
    return shortened(text, Integer.MAX_VALUE);
  }

  /**
   * For columns that say whose a line is: two that differ stay different. What is too long, or
   * cannot be stored as it is, ends in its hash; only such are as long as that.
   */
  static String identity(String text) {
    String cut = shortened(text, LONGEST_NAME);
    return cut.equals(text)
        ? cut
        : String.format("%-" + LONGEST_NAME + "s", cut) + "#" + hash(text);
  }

  /**
   * What LIKE finds this text with, wherever it stands, and whatever LIKE would make of it.
   *
   * @param escape the character that the statement names
   */
  static String pattern(String text, char escape) {
    StringBuilder pattern = new StringBuilder("%");
    for (char c : of(text).toCharArray()) {
      if (c == '%' || c == '_' || c == escape) {
        pattern.append(escape);
      }
      pattern.append(c);
    }
    return pattern.append('%').toString();
  }

  private static String shortened(String text, int longest) {
    String cut = text.length() <= longest ? text : text.substring(0, longest);
    // Java writes half a character as '?'.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replace('\0', '?');
  }

  private static String hash(String text) {
    try {
      // Half a character counts as it is, which an encoding would not tell from '?'.
      ByteBuffer exact = ByteBuffer.allocate(text.length() * Character.BYTES);
      exact.asCharBuffer().put(text);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(exact.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
