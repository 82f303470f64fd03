package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.audit.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place after which a page begins: the last entry shown. It is no secret and grants nothing;
 * with other filters it leads to the same moment.
 */
record AuditCursor(long atMillis, String id) {
  static AuditCursor at(AuditEntry last) {
    return new AuditCursor(last.at().toEpochMilli(), last.id());
  }

  String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((atMillis + "\n" + id).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IllegalArgumentException if the text was not made by {@link #encode}
   */
  static AuditCursor decode(String text) {
    try {
      String place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int end = place.indexOf('\n');
      if (end > 0) {
        return new AuditCursor(Long.parseLong(place.substring(0, end)), place.substring(end + 1));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the cursor is not one of the journal", e);
    }
    throw new IllegalArgumentException("the cursor is not one of the journal");
  }
}
