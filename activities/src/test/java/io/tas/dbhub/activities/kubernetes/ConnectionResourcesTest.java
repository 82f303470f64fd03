package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.adoption.AdoptionResult;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.health.ResourceStatus;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.CreateDatabaseResource;
import io.tas.dbhub.core.provision.CreateSecret;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.KeyRing;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnableKubernetesMockClient(crud = true)
class ConnectionResourcesTest {
  private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";
  private static final Scope SCOPE = new Scope("acme", "sales");
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  static KubernetesMockServer server;

  @TempDir Path keys;

  KubernetesClient kubernetes;
  private CredentialSealer sealer;
  private TestActivityEnvironment temporal;
  private ConnectionResources connections;
  private ResourceStatus statuses;
  private ConnectionReader reader;

  @BeforeEach
  void register() throws Exception {
    KeyRing.generate(keys);
    sealer = KeyRing.load(keys).sealer();
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(
        new KubernetesConnectionResources(kubernetes, sealer, "ns"));
    connections = temporal.newActivityStub(ConnectionResources.class);
    statuses = temporal.newActivityStub(ResourceStatus.class);
    reader = new ConnectionReader(kubernetes, new ManagedDatabases("ns"));
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void aConnectionIsReadAsItWasMade() {
    ResourceRef secret = connections.createSecret(secret(ID));
    ResourceRef resource = connections.createDatabaseResource(resource(ID, secret));

    assertThat(secret).isEqualTo(new ResourceRef("ns", "db-01234567-creds"));
    assertThat(resource).isEqualTo(new ResourceRef("ns", "db-01234567"));
    DatabaseResource made = find(resource);
    assertThat(made.getMetadata().getLabels())
        .containsEntry("team", "blue")
        .containsEntry(Kubernetes.MANAGED_BY, Kubernetes.MANAGER)
        .containsEntry(Kubernetes.DATABASE_ID, ID)
        .containsEntry(Kubernetes.TENANT, "acme")
        .containsEntry(Kubernetes.SPACE, "sales");
    assertThat(made.getMetadata().getAnnotations())
        .containsEntry(Kubernetes.DISPLAY_NAME, "Orders");
    assertThat(made.getMetadata().getOwnerReferences()).isEmpty();
    assertThat(reader.read(resource))
        .isInstanceOfSatisfying(
            Connection.Found.class,
            found -> {
              assertThat(found.target()).isEqualTo(definition(ID).target());
              assertThat(found.credentials().username()).isEqualTo("app");
              assertThat(found.credentials().password()).isEqualTo("hunter2");
              assertThat(found.toString()).doesNotContain("hunter2");
            });
  }

  @Test
  void aStepThatIsRepeatedChangesNothing() {
    ResourceRef secret = connections.createSecret(secret(ID));
    ResourceRef resource = connections.createDatabaseResource(resource(ID, secret));

    assertThat(connections.createSecret(secret(ID))).isEqualTo(secret);
    assertThat(connections.createDatabaseResource(resource(ID, secret))).isEqualTo(resource);
    assertThat(kubernetes.secrets().inNamespace("ns").list().getItems()).hasSize(1);
  }

  @Test
  void aNameHeldByAnotherDatabaseMeansALongerOne() {
    String other = "01234567-0000-0000-0000-000000000000";
    connections.createSecret(secret(other));

    assertThat(connections.createSecret(secret(ID)).name()).isEqualTo("db-0123456789ab-creds");
  }

  @Test
  void aNameHeldByAStrangerIsLeftAlone() {
    Secret foreign =
        new SecretBuilder().withNewMetadata().withName("db-01234567-creds").endMetadata().build();
    kubernetes.secrets().inNamespace("ns").resource(foreign).create();

    assertThat(connections.createSecret(secret(ID)).name()).isEqualTo("db-0123456789ab-creds");
    connections.deleteSecret(definition(ID).ref());
    assertThat(kubernetes.secrets().inNamespace("ns").list().getItems())
        .extracting(found -> found.getMetadata().getName())
        .containsExactly("db-01234567-creds");
  }

  @Test
  void deletingTakesWhatIsThereAndAcceptsWhatIsNot() {
    ResourceRef secret = connections.createSecret(secret(ID));
    ResourceRef resource = connections.createDatabaseResource(resource(ID, secret));

    connections.deleteDatabaseResource(definition(ID).ref());
    connections.deleteSecret(definition(ID).ref());
    connections.deleteSecret(definition(ID).ref());

    assertThat(kubernetes.secrets().inNamespace("ns").list().getItems()).isEmpty();
    assertThat(reader.read(resource)).isInstanceOf(Connection.Gone.class);
  }

  @Test
  void aCopyThatHasTheLabelsIsNotDeletedWithTheOriginal() {
    ResourceRef secret = connections.createSecret(secret(ID));
    Secret copy =
        new SecretBuilder(kubernetes.secrets().inNamespace("ns").withName(secret.name()).require())
            .editMetadata()
            .withName("copy")
            .endMetadata()
            .build();
    Secret foreign =
        new SecretBuilder(copy)
            .editMetadata()
            .withName("db-0123456789ab-creds")
            .addToLabels(Kubernetes.TENANT, "other")
            .endMetadata()
            .build();
    kubernetes.secrets().inNamespace("ns").resource(copy).create();
    kubernetes.secrets().inNamespace("ns").resource(foreign).create();

    connections.deleteSecret(definition(ID).ref());

    assertThat(kubernetes.secrets().inNamespace("ns").list().getItems())
        .extracting(found -> found.getMetadata().getName())
        .containsExactlyInAnyOrder("copy", "db-0123456789ab-creds");
  }

  @Test
  void aTenantsFilesAreInsideOfItsOwnFolder() {
    ResourceRef resource = connections.createDatabaseResource(fileOf("orders.db"));

    assertThat(find(resource).getSpec().database()).isEqualTo("acme/orders.db");
  }

  private CreateDatabaseResource fileOf(String file) {
    return new CreateDatabaseResource(
        new DatabaseDefinition(
            ID,
            SCOPE,
            "somebody",
            "Orders",
            new Target(DatabaseType.SQLITE, "", 0, file, SslMode.DISABLE, 30, 15),
            definition(ID).policy(),
            Map.of(),
            "",
            "",
            true),
        new ResourceRef("ns", "creds"));
  }

  @Test
  void aTenantsFileIsOpenedForItsOwnDatabaseAndWhereTheNamespaceAllowsTheTenant() {
    ResourceRef own = connections.createDatabaseResource(fileOf("orders.db"));
    DatabaseResource thief = find(own);
    thief.getMetadata().setName("thief");
    thief.getMetadata().setLabels(Map.of());
    thief.getMetadata().setResourceVersion(null);
    kubernetes.resource(thief).inNamespace("ns").create();
    ResourceRef named = new ResourceRef("ns", "thief");

    assertThat(reader.read(own)).isInstanceOf(Connection.Found.class);
    assertThat(reader.read(named))
        .isInstanceOfSatisfying(
            Connection.Unusable.class,
            unusable -> assertThat(unusable.error().reason()).isEqualTo("FileOutsideTenant"));

    allow("globex");
    assertThat(reader.read(named)).isInstanceOf(Connection.Unusable.class);
    allow("globex,acme");
    assertThat(reader.read(named)).isInstanceOf(Connection.Found.class);
  }

  @Test
  void aDatabaseWhoseFileWasMadeAnotherTenantsIsNotOpened() {
    ResourceRef own = connections.createDatabaseResource(fileOf("orders.db"));
    edit(own, "{\"spec\":{\"database\":\"globex/orders.db\"}}");

    assertThat(reader.read(own)).isInstanceOf(Connection.Unusable.class);
  }

  @Test
  void aFileThatIsInNoFolderIsForEverybody() {
    ResourceRef own = connections.createDatabaseResource(fileOf("orders.db"));
    edit(own, "{\"metadata\":{\"labels\":null},\"spec\":{\"database\":\"./shared.db\"}}");

    assertThat(reader.read(own)).isInstanceOf(Connection.Found.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/data/acme/orders.db", "x/../acme/orders.db", "acme/a/b.db"})
  void noSpellingOfAPathHidesWhoseFileItIs(String file) {
    ResourceRef own = connections.createDatabaseResource(fileOf("orders.db"));
    edit(own, "{\"metadata\":{\"labels\":null},\"spec\":{\"database\":\"" + file + "\"}}");

    assertThat(reader.read(own)).isInstanceOf(Connection.Unusable.class);
  }

  private void allow(String tenants) {
    kubernetes
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("ns")
                .addToAnnotations(Kubernetes.TENANTS, tenants)
                .endMetadata()
                .build())
        .createOr(NonDeletingOperation::update);
  }

  @Test
  void aManagedSecretIsForItsOwnDatabaseOnly() {
    ResourceRef secret = connections.createSecret(secret(ID));
    ResourceRef own = connections.createDatabaseResource(resource(ID, secret));
    DatabaseResource thief = find(own);
    thief.getMetadata().setName("thief");
    thief.getMetadata().setResourceVersion(null);
    kubernetes.resource(thief).inNamespace("ns").create();

    assertThat(reader.read(own)).isInstanceOf(Connection.Found.class);
    assertThat(reader.read(new ResourceRef("ns", "thief")))
        .isInstanceOfSatisfying(
            Connection.Unusable.class,
            unusable -> assertThat(unusable.error().message()).contains("something else"));
  }

  @Test
  void theCredentialsOfAnInstanceAreForNoDatabase() {
    Secret rendered =
        new SecretBuilder()
            .withNewMetadata()
            .withName("main-credentials")
            .addToLabels(Kubernetes.INSTANCE, "main")
            .endMetadata()
            .withData(Map.of("username", base64("app"), "password", base64("hunter2")))
            .build();
    kubernetes.secrets().inNamespace("ns").resource(rendered).create();
    ResourceRef resource =
        connections.createDatabaseResource(resource(ID, new ResourceRef("ns", "main-credentials")));

    assertThat(reader.read(resource)).isInstanceOf(Connection.Unusable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "../secrets", "UPPER"})
  void aNameThatNoSecretCanHaveIsAnAnswer(String name) {
    ResourceRef resource =
        connections.createDatabaseResource(resource(ID, new ResourceRef("ns", name)));

    assertThat(reader.read(resource)).isInstanceOf(Connection.Unusable.class);
    edit(resource, "{\"spec\":{\"credentialsRef\":{\"namespace\":\"no such\"}}}");
    assertThat(reader.read(resource)).isInstanceOf(Connection.Unusable.class);
  }

  @ParameterizedTest
  @CsvSource({"ns, 403", "vault, 403", "ns, 400"})
  void aSecretThatMayNotBeReadConcernsItsDatabaseOnly(String namespace, int code) {
    assertThat(credentialsWhenAsking(namespace, code))
        .isInstanceOfSatisfying(
            CredentialSource.Answer.Missing.class,
            missing -> assertThat(missing.error().kind()).isEqualTo(ErrorKind.CONFIGURATION));
  }

  @Test
  void aLoginThatIsNotAcceptedIsNoFaultOfTheSecret() {
    assertThatThrownBy(() -> credentialsWhenAsking("ns", 401))
        .isInstanceOf(KubernetesClientException.class);
  }

  private CredentialSource.Answer credentialsWhenAsking(String namespace, int code) {
    ResourceRef resource =
        connections.createDatabaseResource(resource(ID, new ResourceRef("ns", "creds")));
    edit(resource, "{\"spec\":{\"credentialsRef\":{\"namespace\":\"" + namespace + "\"}}}");
    return new CredentialSource(
            new ManagedDatabases("ns"),
            (where, name) -> {
              throw new KubernetesClientException("no", code, null);
            },
            name -> new NamespaceTenants(null))
        .of(find(resource));
  }

  @Test
  void credentialsSealedForAnotherDatabaseDoNotOpen() {
    CreateSecret stolen =
        new CreateSecret(
            definition("99999999-89ab-cdef-0123-456789abcdef").ref(), secret(ID).credentials());

    assertThatThrownBy(() -> connections.createSecret(stolen))
        .satisfies(thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.UNSEALABLE));
  }

  @Test
  void aMissingSecretOrKeyIsAnAnswer() {
    ResourceRef nowhere = new ResourceRef("ns", "nowhere");
    ResourceRef resource = connections.createDatabaseResource(resource(ID, nowhere));

    assertThat(reader.read(resource))
        .isInstanceOfSatisfying(
            Connection.Unusable.class,
            unusable -> {
              assertThat(unusable.error().kind()).isEqualTo(ErrorKind.CONFIGURATION);
              assertThat(unusable.error().message()).contains("nowhere", "does not exist");
              assertThat(unusable.error().reason()).isEqualTo("SecretNotFound");
            });
    Secret empty =
        new SecretBuilder()
            .withNewMetadata()
            .withName("nowhere")
            .endMetadata()
            .withData(Map.of("username", base64("app")))
            .build();
    kubernetes.secrets().inNamespace("ns").resource(empty).create();
    assertThat(reader.read(resource))
        .isInstanceOfSatisfying(
            Connection.Unusable.class,
            unusable -> {
              assertThat(unusable.error().message()).contains("no key password");
              assertThat(unusable.error().message())
                  .as("what else is there is nobody's business")
                  .doesNotContain("username");
              assertThat(unusable.error().reason()).isEqualTo("SecretKeyMissing");
            });
  }

  @Test
  void credentialsThatAreNoTextAreSaidToBeNone() {
    ResourceRef resource =
        connections.createDatabaseResource(resource(ID, new ResourceRef("ns", "binary")));
    Secret binary =
        new SecretBuilder()
            .withNewMetadata()
            .withName("binary")
            .endMetadata()
            .withData(
                Map.of(
                    "username",
                    base64("app"),
                    "password",
                    Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, (byte) 0xfe})))
            .build();
    kubernetes.secrets().inNamespace("ns").resource(binary).create();

    assertThat(reader.read(resource))
        .isInstanceOfSatisfying(
            Connection.Unusable.class,
            unusable -> assertThat(unusable.error().reason()).isEqualTo("SecretNotText"));
  }

  @Test
  void whatWasFoundOfOneResourceIsNotWrittenToAnotherOfItsName() {
    ResourceRef resource =
        connections.createDatabaseResource(resource(ID, new ResourceRef("ns", "creds")));
    String uid = find(resource).getMetadata().getUid();

    statuses.writeResourceStatus(reportOf("another", resource));
    assertThat(find(resource).getStatus()).isNull();

    statuses.writeResourceStatus(reportOf(uid, resource));
    assertThat(find(resource).getStatus().phase()).isEqualTo(DatabaseStatus.FAILED);
  }

  private static HealthReport reportOf(String uid, ResourceRef resource) {
    return new HealthReport(
        resource, null, DatabaseStatus.FAILED, "m", 1, NOON, null, "Timeout", uid, null);
  }

  @Test
  void aStatusThatSaysSomethingNewIsToldAsAnEventOnceAndNamesTheObject() {
    ResourceRef resource =
        connections.createDatabaseResource(resource(ID, new ResourceRef("ns", "creds")));
    HealthReport failed =
        new HealthReport(
            resource,
            null,
            DatabaseStatus.FAILED,
            "no Secret",
            1,
            NOON,
            null,
            "SecretNotFound",
            null,
            AdoptionResult.refused("TenantNotAllowed", "ask for it"));

    statuses.writeResourceStatus(failed);
    statuses.writeResourceStatus(failed);
    statuses.writeResourceStatus(
        report(resource, DatabaseStatus.CONNECTED, "", NOON.plusSeconds(9)));

    await()
        .untilAsserted(
            () ->
                assertThat(kubernetes.v1().events().inNamespace("ns").list().getItems())
                    .extracting(Event::getReason)
                    .containsExactlyInAnyOrder(
                        "SecretNotFound", "TenantNotAllowed", "CredentialsFound", "Recovered"));
    assertThat(kubernetes.v1().events().inNamespace("ns").list().getItems())
        .allSatisfy(
            event -> {
              assertThat(event.getInvolvedObject().getKind()).isEqualTo("Database");
              assertThat(event.getInvolvedObject().getName()).isEqualTo(resource.name());
              assertThat(event.getInvolvedObject().getUid())
                  .isEqualTo(find(resource).getMetadata().getUid());
            });
    assertThat(find(resource).getStatus().conditions())
        .as("it asks for nothing any more")
        .extracting(Condition::getType)
        .containsExactly("Ready");
  }

  @Test
  void aForeignNamespacesSecretHasToAllowIt() {
    Secret foreign =
        new SecretBuilder()
            .withNewMetadata()
            .withName("creds")
            .endMetadata()
            .withData(Map.of("username", base64("app"), "password", base64("hunter2")))
            .build();
    kubernetes.secrets().inNamespace("vault").resource(foreign).create();
    ResourceRef resource =
        connections.createDatabaseResource(resource(ID, new ResourceRef("ns", "creds")));
    edit(resource, "{\"spec\":{\"credentialsRef\":{\"namespace\":\"vault\"}}}");

    assertThat(reader.read(resource)).isInstanceOf(Connection.Unusable.class);
    kubernetes
        .secrets()
        .inNamespace("vault")
        .withName("creds")
        .edit(
            found ->
                new SecretBuilder(found)
                    .editMetadata()
                    .addToAnnotations(Kubernetes.ALLOW_FROM, "elsewhere, ns")
                    .endMetadata()
                    .build());
    assertThat(reader.read(resource)).isInstanceOf(Connection.Found.class);
  }

  @Test
  void aStatusSaysSinceWhenAndNotMore() {
    ResourceRef resource =
        connections.createDatabaseResource(resource(ID, new ResourceRef("ns", "creds")));

    statuses.writeResourceStatus(report(resource, DatabaseStatus.CONNECTED, "", NOON));
    statuses.writeResourceStatus(
        report(resource, DatabaseStatus.DEGRADED, "slow", NOON.plusSeconds(60)));

    DatabaseResource found = find(resource);
    assertThat(found.getStatus().phase()).isEqualTo(DatabaseStatus.DEGRADED);
    assertThat(found.getStatus().message()).isEqualTo("slow");
    assertThat(found.getStatus().dsn()).isEqualTo("postgres://db.example:5432/orders");
    assertThat(found.getStatus().lastChecked()).isEqualTo("2026-01-02T12:01:00Z");
    assertThat(found.getStatus().conditions())
        .singleElement()
        .satisfies(
            ready -> {
              assertThat(ready.getStatus()).isEqualTo("True");
              assertThat(ready.getReason()).isEqualTo("Degraded");
              assertThat(ready.getLastTransitionTime()).isEqualTo("2026-01-02T12:00:00Z");
            });
    statuses.writeResourceStatus(
        report(resource, DatabaseStatus.FAILED, "refused", NOON.plusSeconds(120)));
    assertThat(find(resource).getStatus().conditions().get(0).getLastTransitionTime())
        .isEqualTo("2026-01-02T12:02:00Z");
    assertThat(find(resource).getSpec().host()).isEqualTo("db.example");
  }

  @Test
  void whatALoginMayDoStaysToldUntilItIsFoundOutAnew() {
    ResourceRef resource =
        connections.createDatabaseResource(resource(ID, new ResourceRef("ns", "creds")));

    statuses.writeResourceStatus(of(resource, LoginRights.MAY_WRITE, NOON));
    statuses.writeResourceStatus(of(resource, null, NOON.plusSeconds(60)));

    assertThat(find(resource).getStatus().phase()).isEqualTo(DatabaseStatus.CONNECTED);
    assertThat(Conditions.find(find(resource).getStatus().conditions(), "ReadOnlyRole"))
        .hasValueSatisfying(
            told -> {
              assertThat(told.getStatus()).isEqualTo("False");
              assertThat(told.getReason()).isEqualTo("LoginMayWrite");
              assertThat(told.getMessage()).contains("may write", "SELECT");
              assertThat(told.getLastTransitionTime()).isEqualTo("2026-01-02T12:00:00Z");
            });

    statuses.writeResourceStatus(of(resource, LoginRights.UNASKED, NOON.plusSeconds(120)));
    assertThat(find(resource).getStatus().conditions())
        .extracting(Condition::getType)
        .containsExactly("Ready");
  }

  private static HealthReport of(ResourceRef resource, @Nullable LoginRights rights, Instant at) {
    LoginFinding login = rights == null ? null : new LoginFinding(rights, 1, at.toEpochMilli());
    return new HealthReport(
        resource,
        null,
        DatabaseStatus.CONNECTED,
        "",
        1,
        at,
        null,
        null,
        null,
        null,
        false,
        login,
        null);
  }

  @Test
  void aStatusOfWhatIsGoneIsNothing() {
    statuses.writeResourceStatus(
        report(new ResourceRef("ns", "gone"), DatabaseStatus.CONNECTED, "", NOON));

    assertThat(kubernetes.resources(DatabaseResource.class).inNamespace("ns").list().getItems())
        .isEmpty();
  }

  private void edit(ResourceRef resource, String patch) {
    kubernetes
        .resources(DatabaseResource.class)
        .inNamespace(resource.namespace())
        .withName(resource.name())
        .patch(
            io.fabric8.kubernetes.client.dsl.base.PatchContext.of(
                io.fabric8.kubernetes.client.dsl.base.PatchType.JSON_MERGE),
            patch);
  }

  private DatabaseResource find(ResourceRef resource) {
    return kubernetes
        .resources(DatabaseResource.class)
        .inNamespace(resource.namespace())
        .withName(resource.name())
        .require();
  }

  private CreateSecret secret(String id) {
    return new CreateSecret(
        definition(id).ref(), sealer.seal(new Credentials("app", "hunter2"), "acme", id));
  }

  private static CreateDatabaseResource resource(String id, ResourceRef secret) {
    return new CreateDatabaseResource(definition(id), secret);
  }

  private static DatabaseDefinition definition(String id) {
    return new DatabaseDefinition(
        id,
        SCOPE,
        "somebody",
        "Orders",
        new Target(DatabaseType.POSTGRES, "db.example", 5432, "orders", SslMode.REQUIRE, 30, 15),
        new AccessPolicy(true, 1000),
        Map.of("team", "blue", Kubernetes.TENANT, "not-mine"),
        "",
        "",
        true);
  }

  private static HealthReport report(
      ResourceRef resource, DatabaseStatus status, String message, Instant at) {
    return new HealthReport(resource, null, status, message, 1, at);
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
