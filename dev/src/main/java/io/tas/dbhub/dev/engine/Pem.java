package io.tas.dbhub.dev.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/** The text form of keys and certificates. */
final class Pem {
  private Pem() {}

  static String encode(String kind, byte[] der) {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }
}
