package io.tas.dbhub.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Issues tokens, and keeps its key set in a file. */
public final class TestIssuer {
  public static final String ISSUER = "https://issuer.test";
  public static final String AUDIENCE = "dbhub";

  private final Path jwks;
  private RSAKey key;

  public TestIssuer(Path jwks) {
    this.jwks = jwks;
    rotate("first");
  }

  /** A new key takes the place of the old one. */
  public void rotate(String keyId) {
    try {
      key = new RSAKeyGenerator(2048).keyID(keyId).generate();
      Files.writeString(jwks, new JWKSet(key.toPublicJWK()).toString());
    } catch (JOSEException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public RSAKey key() {
    return key;
  }

  public String token(String tenant, List<String> spaces, String... roles) {
    return sign(claims(tenant, spaces, roles).build());
  }

  public static JWTClaimsSet.Builder claims(String tenant, List<String> spaces, String... roles) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("ada")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
        .claim("tenant_id", tenant)
        .claim("spaces", spaces)
        .claim("roles", List.of(roles));
  }

  public String sign(JWTClaimsSet claims) {
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
