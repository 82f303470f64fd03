package io.tas.dbhub.activities.jdbc.net;

import java.io.IOException;

/** The other side sent more than any answer to a probe is long. */
public final class FloodException extends IOException {
  private static final long serialVersionUID = 1;

  FloodException() {
    super("more than a probe asks for");
  }
}
