package io.tas.dbhub.api.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import io.dropwizard.util.Duration;
import jakarta.validation.constraints.NotEmpty;
import java.net.MalformedURLException;

/** Whose tokens are believed. */
public final class AuthFactory {
  /** Old keys are believed this long at most after they left the set. */
  private static final java.time.Duration KEEP_KEYS = java.time.Duration.ofMinutes(5);

  private static final java.time.Duration KEEP_KEYS_IN_AN_OUTAGE = java.time.Duration.ofHours(1);
  private static final java.time.Duration WAIT_FOR_KEYS = java.time.Duration.ofSeconds(3);

  @NotEmpty private String issuer = "";
  @NotEmpty private String audience = "dbhub";
  @NotEmpty private String jwks = "";
  private Duration clockSkew = Duration.seconds(30);
  private Duration reloadAtMostEvery = Duration.seconds(10);

  /** The key set is first read when a token has to be verified. */
  public Callers callers(AgentTokenVerifier agents) throws MalformedURLException {
    return new Callers(
        new TokenVerifier(
            JWKSourceBuilder.create(KeySetReader.locate(jwks).toURL(), new KeySetReader())
                .cache(KEEP_KEYS.toMillis(), WAIT_FOR_KEYS.toMillis())
                .outageTolerant(KEEP_KEYS_IN_AN_OUTAGE.toMillis())
                .rateLimited(reloadAtMostEvery.toMilliseconds())
                .build(),
            issuer,
            audience,
            clockSkew.toJavaDuration()),
        agents);
  }

  @JsonProperty
  public void setIssuer(String issuer) {
    this.issuer = issuer;
  }

  @JsonProperty
  public void setAudience(String audience) {
    this.audience = audience;
  }

  /** A URL, or the path of a file, of the issuer's JWK set. */
  @JsonProperty
  public void setJwks(String jwks) {
    this.jwks = jwks;
  }

  @JsonProperty
  public void setClockSkew(Duration clockSkew) {
    this.clockSkew = clockSkew;
  }

  /** How often an unknown key id may make the set be read again. */
  @JsonProperty
  public void setReloadAtMostEvery(Duration reloadAtMostEvery) {
    this.reloadAtMostEvery = reloadAtMostEvery;
  }
}
