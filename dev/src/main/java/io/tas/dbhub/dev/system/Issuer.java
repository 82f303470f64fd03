package io.tas.dbhub.dev.system;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * Signs tokens for development. Its key stays in the directory, so that a token outlives a restart;
 * the API gets the public half only, as a file with a JSON web key set.
 */
public final class Issuer {
  public static final String NAME = "https://issuer.dbhub.localhost";
  public static final String AUDIENCE = "dbhub";
  private static final Duration VALID_FOR = Duration.ofDays(30);

  private final Path directory;
  private final ECKey key;
  private final Clock clock;

  private Issuer(Path directory, ECKey key, Clock clock) {
    this.directory = directory;
    this.key = key;
    this.clock = clock;
  }

  /** With the key in the directory; makes one when there is none. */
  public static Issuer in(Path directory) {
    Path file = directory.resolve("issuer.json");
    try {
      Files.createDirectories(directory);
      if (!Files.exists(file)) {
        ECKey fresh = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        SecretFile.write(file, fresh.toJSONString());
      }
      ECKey key = ECKey.parse(Files.readString(file));
      SecretFile.write(directory.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
      return new Issuer(directory, key, Clock.systemUTC());
    } catch (IOException | ParseException | JOSEException e) {
      throw new EngineException("No key to sign tokens with in " + directory, e);
    }
  }

  /** The public keys, for the API. */
  public Path jwks() {
    return directory.resolve("jwks.json");
  }

  /** A token for one tenant, its spaces and roles, valid for thirty days. */
  public String token(String subject, String tenant, List<String> spaces, List<String> roles) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(NAME)
            .audience(AUDIENCE)
            .subject(subject)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(VALID_FOR)))
            .claim("tenant_id", tenant)
            .claim("spaces", spaces)
            .claim("roles", roles)
            .build();
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new EngineException("The token could not be signed", e);
    }
  }
}
