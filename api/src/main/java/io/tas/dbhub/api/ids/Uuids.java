package io.tas.dbhub.api.ids;

import java.util.regex.Pattern;

/** UUIDs as this project writes them: in lower case, with their hyphens. */
public final class Uuids {
  /** A regular expression without capturing groups. */
  public static final String PATTERN = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private static final Pattern CANONICAL = Pattern.compile(PATTERN);

  private Uuids() {}

  public static boolean valid(String text) {
    return CANONICAL.matcher(text).matches();
  }
}
