package io.tas.dbhub.activities.jdbc;

import java.util.Locale;

/** The steps of a probe, in the order done. */
enum Step {
  RESOLVE,
  CONNECT,
  TLS,
  AUTHENTICATE,
  QUERY;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
