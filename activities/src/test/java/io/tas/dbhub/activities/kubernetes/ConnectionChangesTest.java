package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.DefinitionDigest;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.CreateDatabaseResource;
import io.tas.dbhub.core.provision.CreateSecret;
import io.tas.dbhub.core.repair.InspectedConnection;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.update.ApplyDatabaseResource;
import io.tas.dbhub.core.update.SealCredentials;
import io.tas.dbhub.core.update.SwitchCredentials;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EnableKubernetesMockClient(crud = true)
class ConnectionChangesTest {
  private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";
  private static final String TENANT = "acme";
  private static final Target POSTGRES =
      new Target(DatabaseType.POSTGRES, "db.example", 5432, "orders", SslMode.REQUIRE, 30, 15);
  private static final Target FILE =
      new Target(DatabaseType.SQLITE, "", 0, "orders.db", SslMode.DISABLE, 30, 15);

  static KubernetesMockServer server;

  @TempDir Path keys;

  KubernetesClient kubernetes;
  private CredentialSealer sealer;
  private TestActivityEnvironment temporal;
  private ConnectionResources connections;
  private KubernetesConnectionChanges changes;
  private ConnectionReader reader;

  @BeforeEach
  void make() throws Exception {
    KeyRing.generate(keys);
    sealer = KeyRing.load(keys).sealer();
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(
        new KubernetesConnectionResources(kubernetes, sealer, "ns"));
    connections = temporal.newActivityStub(ConnectionResources.class);
    changes = new KubernetesConnectionChanges(kubernetes, sealer, "ns");
    reader = new ConnectionReader(kubernetes, new ManagedDatabases("ns"));
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void whatIsSealedIsWhatTheSecretHolds() {
    ResourceRef secret = createSecret();

    Credentials opened =
        sealer.open(
            changes.sealCredentials(new SealCredentials(orders().ref(), secret)), TENANT, ID);

    assertThat(opened.username()).isEqualTo("app");
    assertThat(opened.password()).isEqualTo("hunter2");
  }

  @Test
  void aHalfThatIsNotGivenStaysAsTheSecretHasIt() {
    ResourceRef secret = createSecret();

    changes.switchCredentials(switchTo(secret, change(null, "hunter3"), "r1"));

    assertThat(credentials(secret)).isEqualTo("app/hunter3");
    assertThat(get(secret).getMetadata().getAnnotations())
        .containsEntry(Kubernetes.CREDENTIALS_REVISION, "r1");
    assertThat(get(secret).getMetadata().getLabels()).containsEntry(Kubernetes.DATABASE_ID, ID);
  }

  @Test
  void aSwitchThatIsRepeatedChangesNothing() {
    ResourceRef secret = createSecret();
    changes.switchCredentials(switchTo(secret, change(null, "hunter3"), "r1"));
    String version = get(secret).getMetadata().getResourceVersion();

    changes.switchCredentials(switchTo(secret, change(null, "hunter3"), "r1"));

    assertThat(get(secret).getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void aSwitchThatIsUndoneGivesTheOldCredentialsBack() {
    ResourceRef secret = createSecret();
    changes.switchCredentials(switchTo(secret, change(null, "hunter3"), "r1"));

    changes.switchCredentials(undo(secret, change(null, "hunter3")));

    assertThat(credentials(secret)).isEqualTo("app/hunter2");
    assertThat(get(secret).getMetadata().getAnnotations())
        .containsEntry(Kubernetes.CREDENTIALS_REVISION, "r1-undone");
  }

  @Test
  void undoingASwitchLeavesWhatSomebodyWroteSince() {
    ResourceRef secret = createSecret();
    changes.switchCredentials(switchTo(secret, change(null, "hunter3"), "r1"));
    changes.switchCredentials(switchTo(secret, change(null, "hunter4"), "by-hand"));

    changes.switchCredentials(undo(secret, change(null, "hunter3")));

    assertThat(credentials(secret)).isEqualTo("app/hunter4");
  }

  @Test
  void undoingASwitchThatNeverCameKeepsALateWriteOfItOut() {
    ResourceRef secret = createSecret();
    Secret read = get(secret);

    changes.switchCredentials(undo(secret, change(null, "hunter3")));

    assertFails(
        () ->
            OwnedObjects.secrets(kubernetes, "ns")
                .patch(read, SecretCredentials.patch(new Credentials("app", "hunter3"))),
        FailureType.KUBERNETES_UNAVAILABLE);
    assertThat(credentials(secret)).isEqualTo("app/hunter2");
  }

  @Test
  void aSecretThatChangedSinceItWasReadIsReadAnew() {
    ResourceRef secret = createSecret();
    OwnedObjects<Secret> secrets = OwnedObjects.secrets(kubernetes, "ns");
    Secret stale = get(secret);
    changes.switchCredentials(switchTo(secret, change("other", null), "r1"));

    assertFails(
        () -> secrets.patch(stale, SecretCredentials.patch(new Credentials("a", "b"))),
        FailureType.KUBERNETES_UNAVAILABLE);
    assertThat(credentials(secret)).isEqualTo("other/hunter2");
  }

  @Test
  void aSecretThatIsMissingOrOfAnotherDatabaseIsIncomplete() {
    ResourceRef nowhere = new ResourceRef("ns", "db-01234567-creds");
    assertFails(
        () -> changes.sealCredentials(new SealCredentials(orders().ref(), nowhere)),
        FailureType.INCOMPLETE);
    ResourceRef secret = createSecret();
    kubernetes
        .secrets()
        .inNamespace("ns")
        .withName(secret.name())
        .edit(
            found ->
                new SecretBuilder(found)
                    .editMetadata()
                    .addToLabels(Kubernetes.TENANT, "other")
                    .endMetadata()
                    .build());

    assertFails(
        () -> changes.sealCredentials(new SealCredentials(orders().ref(), secret)),
        FailureType.INCOMPLETE);
    assertFails(
        () -> changes.switchCredentials(switchTo(secret, change("a", "b"), "r1")),
        FailureType.INCOMPLETE);
    assertFails(
        () ->
            changes.sealCredentials(
                new SealCredentials(orders().ref(), new ResourceRef("other", secret.name()))),
        FailureType.INCOMPLETE);
  }

  @Test
  void aSecretThatLacksAKeyTakesWholeCredentialsOnly() {
    ResourceRef secret = createSecret();
    kubernetes
        .secrets()
        .inNamespace("ns")
        .withName(secret.name())
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"password\":null}}");

    assertFails(
        () -> changes.switchCredentials(switchTo(secret, change("other", null), "r1")),
        FailureType.INCOMPLETE);
    assertThat(changes.inspect(orders().ref()).secret()).isNull();
    changes.switchCredentials(switchTo(secret, change("other", "hunter3"), "r1"));
    assertThat(credentials(secret)).isEqualTo("other/hunter3");
    assertThat(changes.inspect(orders().ref()).secret()).isEqualTo(secret);
  }

  @Test
  void makingWhatIsThereUndoesNoChange() {
    ResourceRef secret = createSecret();
    ResourceRef resource =
        connections.createDatabaseResource(new CreateDatabaseResource(orders(), secret));
    DatabaseDefinition next = definition("Sales", POSTGRES, Map.of(), "", true);
    changes.switchCredentials(switchTo(secret, change("new", "owner"), "r1"));
    changes.applyDatabaseResource(new ApplyDatabaseResource(next, resource, secret));

    createSecret();
    connections.createDatabaseResource(new CreateDatabaseResource(orders(), secret));

    assertThat(credentials(secret)).isEqualTo("new/owner");
    assertThat(changes.inspect(orders().ref()).definition()).isEqualTo(next);
  }

  @Test
  void makingASecretMendsOneThatLacksAKey() {
    ResourceRef secret = createSecret();
    kubernetes
        .secrets()
        .inNamespace("ns")
        .withName(secret.name())
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"password\":null}}");

    assertThat(createSecret()).isEqualTo(secret);
    assertThat(credentials(secret)).isEqualTo("app/hunter2");
  }

  @Test
  void credentialsSealedForAnotherDatabaseDoNotOpen() {
    ResourceRef secret = createSecret();
    SealedCredentials stolen = sealer.seal(change("a", "b"), TENANT, "another");

    assertFails(
        () ->
            changes.switchCredentials(new SwitchCredentials(orders().ref(), secret, stolen, "r1")),
        FailureType.UNSEALABLE);
  }

  @Test
  void aResourceSaysWhatItsDefinitionSaysAndNothingElseIsTouched() {
    ResourceRef secret = createSecret();
    ResourceRef resource =
        connections.createDatabaseResource(new CreateDatabaseResource(orders(), secret));
    edit(
        resource,
        "{\"metadata\":{\"labels\":{\"foreign\":\"stays\"},\"annotations\":{\"mine\":\"stays\"}}}");
    DatabaseDefinition next =
        definition(
            "Sales",
            new Target(DatabaseType.POSTGRES, "new.example", 5433, "sales", SslMode.DISABLE, 5, 6),
            Map.of("stage", "test"),
            "",
            false);

    changes.applyDatabaseResource(new ApplyDatabaseResource(next, resource, secret));

    DatabaseResource applied = find(resource);
    assertThat(applied.getMetadata().getLabels())
        .containsEntry("stage", "test")
        .containsEntry("foreign", "stays")
        .containsEntry(Kubernetes.TENANT, TENANT)
        // The server of this test keeps the key of what a patch takes away; a real one does not.
        .doesNotContainEntry("team", "blue");
    assertThat(applied.getMetadata().getAnnotations())
        .containsEntry("mine", "stays")
        .containsEntry(Kubernetes.DISPLAY_NAME, "Sales")
        .doesNotContainEntry(Kubernetes.COLOR, "teal");
    assertThat(applied.getSpec().description()).isNull();
    assertThat(applied.getSpec().active()).isFalse();
    assertThat(changes.inspect(orders().ref()).definition()).isEqualTo(next);
  }

  @Test
  void applyingWhatIsSaidAlreadyChangesNothing() {
    ResourceRef secret = createSecret();
    ResourceRef resource =
        connections.createDatabaseResource(new CreateDatabaseResource(orders(), secret));
    String version = find(resource).getMetadata().getResourceVersion();

    changes.applyDatabaseResource(new ApplyDatabaseResource(orders(), resource, secret));

    assertThat(find(resource).getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void aResourceThatIsMissingIsIncomplete() {
    assertFails(
        () ->
            changes.applyDatabaseResource(
                new ApplyDatabaseResource(
                    orders(),
                    new ResourceRef("ns", "db-01234567"),
                    new ResourceRef("ns", "creds"))),
        FailureType.INCOMPLETE);
  }

  @Test
  void anInspectionFindsWhatWasMade() {
    assertThat(changes.inspect(orders().ref()))
        .isEqualTo(new InspectedConnection(null, null, null));
    ResourceRef secret = createSecret();
    ResourceRef resource =
        connections.createDatabaseResource(new CreateDatabaseResource(orders(), secret));

    assertThat(changes.inspect(orders().ref()))
        .isEqualTo(new InspectedConnection(secret, resource, orders()));
  }

  @Test
  void aFileIsNamedAsItsTenantNamesIt() {
    DatabaseDefinition file = definition("Files", FILE, Map.of(), "", true);
    ResourceRef secret = createSecret();
    ResourceRef resource =
        connections.createDatabaseResource(new CreateDatabaseResource(file, secret));

    assertThat(changes.inspect(file.ref()).definition()).isEqualTo(file);
    edit(resource, "{\"spec\":{\"database\":\"orders.db\"}}");
    assertThat(Objects.requireNonNull(changes.inspect(file.ref()).definition()).target().database())
        .isEqualTo("../orders.db");
  }

  @Test
  void aChangeByHandShowsInTheDigest() {
    ResourceRef secret = createSecret();
    ResourceRef resource =
        connections.createDatabaseResource(new CreateDatabaseResource(orders(), secret));
    assertThat(digest(resource)).isEqualTo(DefinitionDigest.of(orders()));

    edit(resource, "{\"metadata\":{\"labels\":{\"foreign\":\"label\"}}}");
    assertThat(digest(resource)).isEqualTo(DefinitionDigest.of(orders()));
    edit(resource, "{\"metadata\":{\"labels\":{\"team\":\"red\"}}}");
    assertThat(digest(resource)).isNotEqualTo(DefinitionDigest.of(orders()));
    edit(resource, "{\"metadata\":{\"labels\":{\"team\":\"blue\"}}}");
    edit(resource, "{\"spec\":{\"credentialsRef\":{\"name\":\"other\"}}}");
    assertThat(digest(resource)).isEmpty();
    changes.applyDatabaseResource(new ApplyDatabaseResource(orders(), resource, secret));
    assertThat(digest(resource)).isEqualTo(DefinitionDigest.of(orders()));
  }

  @Test
  void whatIsSetAsideIsNotRead() {
    DatabaseDefinition aside = definition("Orders", POSTGRES, Map.of(), "", false);
    ResourceRef resource =
        connections.createDatabaseResource(
            new CreateDatabaseResource(aside, new ResourceRef("ns", "db-01234567-creds")));

    Connection read = reader.read(resource);

    assertThat(read).isInstanceOf(Connection.SetAside.class);
    assertThat(read.said()).isNotNull();
    assertThat(read.said().digest()).isEqualTo(DefinitionDigest.of(aside));
  }

  private @Nullable String digest(ResourceRef resource) {
    Connection read = reader.read(resource);
    if (read instanceof Connection.Unusable unusable) {
      return unusable.said().digest();
    }
    return ((Connection.Found) read).said().digest();
  }

  private static void assertFails(ThrowingCallable call, FailureType type) {
    assertThatThrownBy(call)
        .satisfies(
            thrown -> {
              assertThat(Failures.typeOf(thrown)).isEqualTo(type);
              assertThat(String.valueOf(thrown)).doesNotContain("hunter");
            });
  }

  private ResourceRef createSecret() {
    return connections.createSecret(
        new CreateSecret(
            orders().ref(), sealer.seal(new Credentials("app", "hunter2"), TENANT, ID)));
  }

  private static CredentialChange change(@Nullable String username, @Nullable String password) {
    return new CredentialChange(username, password);
  }

  private SwitchCredentials switchTo(ResourceRef secret, CredentialChange change, String revision) {
    return new SwitchCredentials(orders().ref(), secret, sealer.seal(change, TENANT, ID), revision);
  }

  private SwitchCredentials undo(ResourceRef secret, CredentialChange switched) {
    return new SwitchCredentials(
        orders().ref(),
        secret,
        sealer.seal(new Credentials("app", "hunter2"), TENANT, ID),
        "r1-undone",
        sealer.seal(switched, TENANT, ID));
  }

  private String credentials(ResourceRef secret) {
    Map<String, String> data = get(secret).getData();
    return text(data.get("username")) + "/" + text(data.get("password"));
  }

  private static String text(@Nullable String base64) {
    return new String(
        java.util.Base64.getDecoder().decode(String.valueOf(base64)), StandardCharsets.UTF_8);
  }

  private Secret get(ResourceRef secret) {
    return kubernetes.secrets().inNamespace("ns").withName(secret.name()).require();
  }

  private DatabaseResource find(ResourceRef resource) {
    return kubernetes
        .resources(DatabaseResource.class)
        .inNamespace("ns")
        .withName(resource.name())
        .require();
  }

  private void edit(ResourceRef resource, String patch) {
    kubernetes
        .resources(DatabaseResource.class)
        .inNamespace("ns")
        .withName(resource.name())
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private static DatabaseDefinition orders() {
    return definition("Orders", POSTGRES, Map.of("team", "blue"), "What was ordered", true);
  }

  private static DatabaseDefinition definition(
      String name, Target target, Map<String, String> labels, String description, boolean active) {
    return new DatabaseDefinition(
        ID,
        new Scope(TENANT, "sales"),
        "ada",
        name,
        target,
        new AccessPolicy(true, 500),
        labels,
        description,
        description.isEmpty() ? "" : "teal",
        active);
  }
}
