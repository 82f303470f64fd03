package io.tas.dbhub.storage.journal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The place after which a page begins: moment and id of the last line shown. It is no secret and
 * grants nothing; with other filters it leads to the same moment.
 */
record JournalCursor(long atMillis, String id) {
  String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((atMillis + "\n" + id).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param text null for none
   * @throws IllegalArgumentException if the text was not made by {@link #encode}
   */
  static @Nullable JournalCursor decode(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      String place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int end = place.indexOf('\n');
      if (end > 0) {
        return new JournalCursor(Long.parseLong(place.substring(0, end)), place.substring(end + 1));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the cursor is not one of the journal", e);
    }
    throw new IllegalArgumentException("the cursor is not one of the journal");
  }
}
