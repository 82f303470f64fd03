package io.tas.dbhub.api.errors;

import io.tas.dbhub.core.failure.FailureType;

/** What the frame refuses by itself, in our words. */
record Refusal(String code, String detail) {
  static Refusal of(int status) {
    return switch (status) {
      case 401 -> new Refusal(FailureType.UNAUTHENTICATED.wireName(), "A bearer token is needed.");
      case 403 -> new Refusal(FailureType.FORBIDDEN.wireName(), "Your roles do not allow this.");
      case 404 ->
          new Refusal(FailureType.NOT_FOUND.wireName(), "There is nothing at this address.");
      case 405 -> new Refusal("MethodNotAllowed", "This address does not know the method.");
      case 406 -> new Refusal("NotAcceptable", "Answers are application/json.");
      case 413 -> new Refusal(FailureType.TOO_LARGE.wireName(), "The request is too large.");
      case 414, 431 -> new Refusal("HeadTooLarge", "The address or the headers are too large.");
      case 415 -> new Refusal("UnsupportedMediaType", "Bodies are application/json.");
      case 503 -> new Refusal("Unavailable", "The service is not available now.");
      default ->
          status < 500
              ? new Refusal("BadRequest", "The request cannot be understood.")
              : new Refusal(FailureType.INTERNAL.wireName(), "Something went wrong.");
    };
  }
}
