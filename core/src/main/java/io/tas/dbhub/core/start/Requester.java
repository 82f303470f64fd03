package io.tas.dbhub.core.start;

import java.util.UUID;

/**
 * Who asks for an operation.
 *
 * @param source where the request came from: an address, or what asks in their name
 * @param request names the request, so that who lost the answer to it finds its operation
 */
public record Requester(String subject, String source, String request) {
  /** Of a request that nobody repeats. */
  public static Requester once(String subject, String source) {
    return new Requester(subject, source, UUID.randomUUID().toString());
  }
}
