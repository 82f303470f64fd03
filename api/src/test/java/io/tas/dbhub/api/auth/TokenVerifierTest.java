package io.tas.dbhub.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import io.tas.dbhub.api.TestIssuer;
import io.tas.dbhub.api.errors.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signature is verified once for a token and a key, and everything else each time. */
final class TokenVerifierTest {
  @TempDir private Path directory;
  private TestIssuer issuer;
  private JWKSet keys;
  private TokenVerifier verifier;

  @BeforeEach
  void start() {
    issuer = new TestIssuer(directory.resolve("keys.json"));
    keys = new JWKSet(issuer.key().toPublicJWK());
    verifier =
        new TokenVerifier(this::select, TestIssuer.ISSUER, TestIssuer.AUDIENCE, Duration.ZERO);
  }

  private List<JWK> select(JWKSelector selector, SecurityContext context) {
    return selector.select(keys);
  }

  @Test
  void aTokenThatWasLetInIsLetInAgain() {
    String token = issuer.token("acme", List.of("default"), "viewer");
    verifier.verify(token);

    assertThat(verifier.verify(token).tenantId()).isEqualTo("acme");
  }

  @Test
  void aKeyThatWasTakenAwayCountsForNoTokenMore() {
    String token = issuer.token("acme", List.of("default"), "viewer");
    verifier.verify(token);
    keys = new JWKSet();

    refused(token);
  }

  @Test
  void anotherKeyUnderTheSameNameDoesNotCountForTokensOfTheOneBefore() {
    String token = issuer.token("acme", List.of("default"), "viewer");
    verifier.verify(token);
    issuer.rotate(issuer.key().getKeyID());
    keys = new JWKSet(issuer.key().toPublicJWK());

    refused(token);
  }

  @Test
  void aTokenThatHasExpiredIsRefusedWhateverIsKnownOfItsSignature() {
    Instant soon = Instant.now().plusSeconds(1);
    JWTClaimsSet claims =
        TestIssuer.claims("acme", List.of("default"), "viewer")
            .expirationTime(Date.from(soon))
            .build();
    String token = issuer.sign(claims);
    verifier.verify(token);

    org.awaitility.Awaitility.await().until(() -> Instant.now().isAfter(soon.plusSeconds(1)));

    refused(token);
  }

  @Test
  void aKnownTokensSignatureUnderOtherClaimsIsRefused() {
    String known = issuer.token("acme", List.of("default"), "viewer");
    String other = issuer.token("acme", List.of("default"), "operator");
    verifier.verify(known);
    String[] parts = known.split("\\.", -1);

    refused(parts[0] + "." + other.split("\\.", -1)[1] + "." + parts[2]);
  }

  private void refused(String token) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> verifier.verify(token))
        .withMessageContaining("not valid");
  }
}
