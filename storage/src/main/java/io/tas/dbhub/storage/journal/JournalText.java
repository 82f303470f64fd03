package io.tas.dbhub.storage.journal;

import java.nio.charset.StandardCharsets;

/** Text as every database stores it. */
final class JournalText {
  private static final int LONGEST = 4000;
  private static final int LONGEST_KEY = 255;

  private JournalText() {}

  /**
   * Without NUL and half characters, which PostgreSQL refuses, and not longer than anyone reads.
   */
  static String of(String text) {
    return shortened(text, LONGEST);
  }

  /** For columns that stand in an index, whose entries have a size limit. */
  static String key(String text) {
    return shortened(text, LONGEST_KEY);
  }

  private static String shortened(String text, int longest) {
    String cut = text.length() <= longest ? text : text.substring(0, longest);
    // Java writes half a character as '?'.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replace('\0', '?');
  }
}
