package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The place after which a page begins: the last database shown, by what the order goes by.
 *
 * <p>As text it carries a digest of itself and of the listing it belongs to, so that one that was
 * changed, or is used with other filters, is refused. It is no secret and grants nothing: the scope
 * is checked like that of any listing.
 *
 * @param position the creation time in epoch milliseconds, or the name
 */
record Cursor(String position, String id) {
  private static final int DIGEST_BYTES = 8;

  static Cursor at(Database last, Sort sort) {
    return new Cursor(
        sort.byName() ? last.definition().name() : Long.toString(last.createdAt().toEpochMilli()),
        last.id());
  }

  String encode(Scope scope, ListQuery query) {
    byte[] place = (id + '\n' + position).getBytes(StandardCharsets.UTF_8);
    byte[] digest = digest(place, scope, query);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(DIGEST_BYTES + place.length).put(digest).put(place).array());
  }

  /**
   * @throws IllegalArgumentException if the text was not made by {@link #encode} for this listing
   */
  static Cursor decode(String text, Scope scope, ListQuery query) {
    byte[] bytes = bytes(text);
    if (bytes.length > DIGEST_BYTES) {
      byte[] place = Arrays.copyOfRange(bytes, DIGEST_BYTES, bytes.length);
      if (MessageDigest.isEqual(Arrays.copyOf(bytes, DIGEST_BYTES), digest(place, scope, query))) {
        String[] parts = new String(place, StandardCharsets.UTF_8).split("\n", 2);
        return new Cursor(parts[1], parts[0]);
      }
    }
    throw new IllegalArgumentException("the cursor is not one of this listing");
  }

  private static byte[] bytes(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the cursor is not one of this listing", e);
    }
  }

  private static byte[] digest(byte[] place, Scope scope, ListQuery query) {
    // A list writes null and "null" alike, which only makes two listings share their cursors.
    String listing =
        Arrays.asList(
                scope,
                query.sort(),
                query.status(),
                query.type(),
                query.labelKey(),
                query.labelValue(),
                query.text())
            .toString();
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(listing.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(sha.digest(place), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
