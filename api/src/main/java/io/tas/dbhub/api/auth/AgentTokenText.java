package io.tas.dbhub.api.auth;

import io.tas.dbhub.core.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an agent sends: {@code dbh_<id>_<secret>}, the id a UUID without its dashes, the secret 256
 * random bits. Such a secret needs no slow hash: nobody tries them all.
 */
public final class AgentTokenText {
  private static final int SECRET_BYTES = 32;
  private static final Pattern TEXT =
      Pattern.compile(
          "dbh_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([\\w-]{43})");

  private final String id;
  private final String secret;

  private AgentTokenText(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  public static AgentTokenText random(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new AgentTokenText(
        UUID.randomUUID().toString(),
        Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Whether it is meant to be one: no JWT begins so. */
  static boolean meant(String token) {
    return token.startsWith("dbh_");
  }

  /** Empty for what cannot be one. */
  static Optional<AgentTokenText> parse(String token) {
    Matcher matcher = TEXT.matcher(token);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String id =
        String.join(
            "-",
            matcher.group(1),
            matcher.group(2),
            matcher.group(3),
            matcher.group(4),
            matcher.group(5));
    return Optional.of(new AgentTokenText(id, matcher.group(6)));
  }

  public String id() {
    return id;
  }

  /** The only thing of the secret that is kept: 64 hex digits. */
  public String hash() {
    return Sha256.hex(secret);
  }

  /** Takes as long for a wrong hash as for the right one. */
  boolean hasHash(String hash) {
    return MessageDigest.isEqual(
        hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }

  /** The whole token: shown once, to who issues it. */
  public String reveal() {
    return "dbh_" + id.replace("-", "") + "_" + secret;
  }

  @Override
  public String toString() {
    return "agent's token " + id;
  }
}
