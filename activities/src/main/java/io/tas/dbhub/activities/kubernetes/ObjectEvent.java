package io.tas.dbhub.activities.kubernetes;

/**
 * Something that happened to an object, as {@code kubectl describe} tells it.
 *
 * @param warning whether somebody may have to do something
 * @param reason a word in CamelCase
 * @param message for people; holds no credential
 */
public record ObjectEvent(boolean warning, String reason, String message) {
  public static ObjectEvent normal(String reason, String message) {
    return new ObjectEvent(false, reason, message);
  }

  public static ObjectEvent warning(String reason, String message) {
    return new ObjectEvent(true, reason, message);
  }
}
