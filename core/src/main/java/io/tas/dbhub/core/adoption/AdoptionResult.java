package io.tas.dbhub.core.adoption;

/**
 * What became of a claim; the Adopted condition of the resource.
 *
 * @param reason one of {@link io.tas.dbhub.core.names.Reasons}
 * @param message for people; where it was refused, with the cure
 */
public record AdoptionResult(boolean adopted, String reason, String message) {
  public static AdoptionResult refused(String reason, String message) {
    return new AdoptionResult(false, reason, message);
  }
}
