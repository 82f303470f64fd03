package io.tas.dbhub.storage.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The place after which a page begins, as a text. It is no secret and grants nothing: the scope and
 * the filters are checked like those of a first page.
 */
final class Cursors {
  /** In front of the place, so that a text that is no cursor is told from one. */
  private static final String MARK = "c";

  private Cursors() {}

  static String encode(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((MARK + place).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IllegalArgumentException if the text is no cursor
   */
  static String decode(String cursor) {
    String place = new String(bytes(cursor), StandardCharsets.UTF_8);
    if (!place.startsWith(MARK)) {
      throw new IllegalArgumentException("the cursor is not one of this listing");
    }
    return place.substring(MARK.length());
  }

  private static byte[] bytes(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the cursor is not one of this listing", e);
    }
  }

  /**
   * Where the page after this one begins; null if there is none.
   *
   * @param found one more than the page has, if there is one
   */
  static <T> @Nullable String next(List<T> found, int limit, Function<T, String> place) {
    return found.size() <= limit ? null : encode(place.apply(found.get(limit - 1)));
  }

  static <T> List<T> page(List<T> found, int limit) {
    return found.subList(0, Math.min(limit, found.size()));
  }
}
