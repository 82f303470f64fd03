package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RunningApi.class)
final class AuthTest {
  private static final String ID = "7d1b0f5e-0c1d-4b0e-8a55-0f5a3c2f6f0f";

  private final World world;
  private final World.Tenant ours;

  AuthTest(World world) {
    this.world = world;
    this.ours = world.tenant();
  }

  /** The status of a refusal, or what the request gets once it is let through. */
  @ParameterizedTest
  @CsvSource({
    // method, path, body?, without a known role, viewer, analyst, editor, operator
    "GET,    /databases,               , 403, 200, 200, 200, 200",
    "GET,    /databases/ID,            , 403, 404, 404, 404, 404",
    "POST,   /databases,               {}, 403, 403, 403, 400, 400",
    "POST,   /databases/test,          {}, 403, 403, 403, 400, 400",
    "DELETE, /databases/ID,            , 403, 403, 403, 404, 404",
    "POST,   /databases/ID/test,       , 403, 403, 404, 404, 404",
    "POST,   /databases/query,         {}, 403, 403, 400, 400, 400",
    "POST,   /databases/ID/query,      {}, 403, 403, 400, 400, 400",
    "GET,    /operations/ID,           , 403, 404, 404, 404, 404",
    // Temporal's in-memory server has no visibility to list from.
    "GET,    /operations,              , 403, 503, 503, 503, 503",
    "GET,    /databases/ID/operations, , 403, 503, 503, 503, 503",
  })
  void rolesAllowWhatTheyAllowAndWhatTheLowerOnesDo(
      String method,
      String path,
      String body,
      int stranger,
      int viewer,
      int analyst,
      int editor,
      int operator) {
    String[] roles = {"stranger", "viewer", "analyst", "editor", "operator"};
    int[] expected = {stranger, viewer, analyst, editor, operator};
    for (int i = 0; i < roles.length; i++) {
      ApiServer.Call call =
          world.api.call(method, "/api/v1" + path.replace("ID", ID)).token(ours.token(roles[i]));
      Reply reply = (body == null ? call : call.json(body)).send();
      assertThat(reply.status()).as(roles[i]).isEqualTo(expected[i]);
    }
  }

  @Test
  void withoutATokenNothingIsAnswered() {
    Reply none = world.api.call("GET", "/api/v1/databases").send();
    Reply basic =
        world.api.call("GET", "/api/v1/databases").header("Authorization", "Basic eDp5").send();

    assertThat(none.status()).isEqualTo(401);
    assertThat(none.code()).isEqualTo("Unauthenticated");
    assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"dbhub\"");
    assertThat(basic.status()).isEqualTo(401);
  }

  @Test
  void aTokenThatDoesNotHoldIsRefused() throws JOSEException {
    JWTClaimsSet good = claims().build();
    Instant now = Instant.now();

    refused(claims().expirationTime(Date.from(now.minus(Duration.ofMinutes(2)))).build());
    refused(claims().expirationTime(null).build());
    refused(claims().notBeforeTime(Date.from(now.plus(Duration.ofMinutes(2)))).build());
    refused(claims().issuer("https://somebody.else").build());
    refused(claims().audience("another").build());
    refused(claims().subject(null).build());
    refused("nonsense");
    refused(new PlainJWT(good).serialize());
    refused(signed(good, world.issuer.key().toPublicJWK().toJSONString()));
    RSAKey foreign = new RSAKeyGenerator(2048).keyID(world.issuer.key().getKeyID()).generate();
    SignedJWT forged =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(foreign.getKeyID()).build(), good);
    forged.sign(new RSASSASigner(foreign));
    refused(forged.serialize());
    String sound = world.issuer.sign(good);
    refused(sound.substring(0, sound.lastIndexOf('.') + 1));
    assertThat(list(sound).status()).isEqualTo(200);
  }

  @Test
  void aSmallDifferenceOfClocksIsForgiven() {
    assertThat(
            list(world.issuer.sign(
                    claims()
                        .expirationTime(Date.from(Instant.now().minus(Duration.ofSeconds(5))))
                        .build()))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aTokenIsForTheSpacesItNames() {
    String two = world.issuer.token(ours.id, List.of("main", "other"), "viewer");

    assertThat(list(two).status()).isEqualTo(403);
    assertThat(inSpace(two, "other").status()).isEqualTo(200);
    assertThat(inSpace(two, "third").status()).isEqualTo(403);
    assertThat(inSpace(ours.token("viewer"), "main").status()).isEqualTo(200);
    assertThat(inSpace(ours.token("viewer"), "other").status()).isEqualTo(403);
  }

  @Test
  void withoutTenantOrSpaceThereIsNothingToSee() {
    assertThat(list(world.issuer.token("", List.of("main"), "viewer")).status()).isEqualTo(403);
    assertThat(list(world.issuer.token("a' OR 'b", List.of("main"), "viewer")).status())
        .isEqualTo(403);
    assertThat(list(world.issuer.token(ours.id, List.of(), "viewer")).status()).isEqualTo(403);
    assertThat(list(world.issuer.token(ours.id, List.of("a/b"), "viewer")).status()).isEqualTo(403);
    assertThat(
            list(world.issuer.sign(claims().claim("spaces", null).claim("tenant_id", null).build()))
                .status())
        .isEqualTo(403);
  }

  @Test
  void aSpaceDoesNotShowAnothersDatabases() {
    String id = ours.create("Mine").json().path("id").asText();
    String two = world.issuer.token(ours.id, List.of("main", "other"), "viewer");

    Reply reply =
        world
            .api
            .call("GET", "/api/v1/databases/" + id)
            .token(two)
            .header("X-Space-ID", "other")
            .send();

    assertThat(reply.status()).isEqualTo(404);
  }

  @Test
  void aNewKeyOfTheIssuerIsTakenUpAndTheOldOneDropped() {
    String before = ours.token("viewer");
    assertThat(list(before).status()).isEqualTo(200);

    world.issuer.rotate("key-" + System.nanoTime());

    assertThat(list(ours.token("viewer")).status()).isEqualTo(200);
    assertThat(list(before).status()).isEqualTo(401);
  }

  @Test
  void theDescriptionOfTheApiIsForEverybody() {
    assertThat(world.api.call("GET", "/api/v1/openapi.json").send().status()).isEqualTo(200);
  }

  private JWTClaimsSet.Builder claims() {
    return TestIssuer.claims(ours.id, List.of("main"), "viewer");
  }

  private void refused(JWTClaimsSet claims) {
    refused(world.issuer.sign(claims));
  }

  private void refused(String token) {
    Reply reply = list(token);
    assertThat(reply.status()).as(reply.text()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
  }

  private Reply list(String token) {
    return world.api.call("GET", "/api/v1/databases").token(token).send();
  }

  private Reply inSpace(String token, String space) {
    return world
        .api
        .call("GET", "/api/v1/databases")
        .token(token)
        .header("X-Space-ID", space)
        .send();
  }

  /** The public key as a shared secret: the classic confusion of algorithms. */
  private static String signed(JWTClaimsSet claims, String secret) throws JOSEException {
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    jwt.sign(new MACSigner(secret));
    return jwt.serialize();
  }
}
