package io.tas.dbhub.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Sha256;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies bearer tokens: signature by a key of the issuer's set, issuer, audience and times. Only
 * asymmetric algorithms count: with {@code none} or a shared secret anybody could be the issuer.
 */
final class TokenVerifier {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

  private static final int MOST_REMEMBERED = 10_000;

  private final JWKSource<SecurityContext> keys;
  private final DefaultJWTClaimsVerifier<SecurityContext> claimsVerifier;

  /** With which key, by the token's hash: who sees our memory finds no tokens there. */
  private final Cache<String, JWK> verified =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  private volatile boolean keysRead;

  TokenVerifier(
      JWKSource<SecurityContext> keys, String issuer, String audience, Duration clockSkew) {
    this.keys = keys;
    this.claimsVerifier =
        new DefaultJWTClaimsVerifier<>(
            audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp"));
    this.claimsVerifier.setMaxClockSkew(Math.toIntExact(clockSkew.toSeconds()));
  }

  /**
   * @throws ProblemException Unauthenticated, or IssuerUnavailable when there are no keys to verify
   *     with
   */
  Identity verify(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm()) || !signed(token, jwt)) {
        throw refused();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      claimsVerifier.verify(claims, null);
      String subject = claims.getSubject();
      if (subject.isBlank()) {
        throw refused();
      }
      return new Identity(
          subject,
          text(claims.getStringClaim("tenant_id")),
          texts(claims.getStringListClaim("spaces")),
          texts(claims.getStringListClaim("roles")));
    } catch (RateLimitReachedException e) {
      // Somebody tries key ids that do not exist; unless there never was a key set to look in.
      throw keysRead ? refused() : unavailable();
    } catch (KeySourceException e) {
      throw unavailable();
    } catch (ParseException | JOSEException | BadJWTException e) {
      throw refused();
    }
  }

  private static ProblemException unavailable() {
    return new ProblemException(
        FailureType.ISSUER_UNAVAILABLE, "The keys that tokens are verified with cannot be read.");
  }

  /**
   * Verifying a signature takes longer than all else that a request takes of the API, so it is done
   * once for a token and a key. Whether the key still counts, and what the token says, is looked at
   * with each request.
   */
  private boolean signed(String token, SignedJWT jwt) throws JOSEException {
    JWKMatcher matcher = JWKMatcher.forJWSHeader(jwt.getHeader());
    if (matcher == null) {
      return false;
    }
    List<JWK> candidates = keys.get(new JWKSelector(matcher), null);
    keysRead = true;
    String digest = Sha256.hex(token);
    for (JWK key : candidates) {
      if (key.equals(verified.getIfPresent(digest))) {
        return true;
      }
      if (jwt.verify(verifier(jwt.getHeader().getAlgorithm(), key))) {
        verified.put(digest, key);
        return true;
      }
    }
    return false;
  }

  private static JWSVerifier verifier(JWSAlgorithm algorithm, JWK key) throws JOSEException {
    if (algorithm.equals(JWSAlgorithm.RS256)) {
      return new RSASSAVerifier(key.toRSAKey());
    }
    if (algorithm.equals(JWSAlgorithm.ES256)) {
      return new ECDSAVerifier(key.toECKey());
    }
    return new Ed25519Verifier(key.toOctetKeyPair().toPublicJWK());
  }

  private static ProblemException refused() {
    return new ProblemException(
        FailureType.UNAUTHENTICATED, "The bearer token is not valid, or not any more.");
  }

  private static String text(@Nullable String claim) {
    return claim == null ? "" : claim;
  }

  private static List<String> texts(@Nullable List<String> claim) {
    return claim == null ? List.of() : claim.stream().filter(text -> text != null).toList();
  }
}
