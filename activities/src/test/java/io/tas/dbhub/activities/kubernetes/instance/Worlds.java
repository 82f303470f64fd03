package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.kubernetes.CredentialSource;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.sealing.Credentials;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What the rendering tests are made of. */
final class Worlds {
  private Worlds() {}

  /** As in production, but for the directory with files. */
  static InstanceSettings settings(SqliteVolume sqlite) {
    return new InstanceSettings(
        InstanceSettings.PINNED_IMAGE,
        Optional.of(sqlite),
        false,
        ProbeSettings.defaults().writtenHosts());
  }

  static RenderedServer rendered(String configHash, boolean writesFiles) {
    return new RenderedServer("", new TreeMap<>(), configHash, writesFiles, List.of());
  }

  static SelectedDatabase postgres(String name) {
    return database(name, "type: postgres, host: db.example, port: 5432, database: shop");
  }

  /**
   * @param spec the inside of a YAML map
   */
  static SelectedDatabase database(String name, String spec) {
    return database(name, spec, "app", "secret of " + name);
  }

  static SelectedDatabase database(String name, String spec, String username, String password) {
    return new SelectedDatabase(
        resource(name, spec),
        null,
        new CredentialSource.Answer.Available(new Credentials(username, password), null));
  }

  static SelectedDatabase revised(String name, String revision) {
    return new SelectedDatabase(
        resource(name, "type: postgres, host: h, port: 1, database: d"),
        null,
        new CredentialSource.Answer.Available(new Credentials("app", "secret"), revision));
  }

  static SelectedDatabase withoutCredentials(String name, String why) {
    return new SelectedDatabase(
        resource(name, "type: postgres, host: h, port: 1, database: d"),
        null,
        new CredentialSource.Answer.Missing(
            new ConnectionError(ErrorKind.CONFIGURATION, why, "mend it")));
  }

  static DatabaseResource resource(String name, String spec) {
    DatabaseResource resource =
        Serialization.unmarshal(
            "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: Database, metadata: {name: "
                + name
                + ", namespace: ns, generation: 1}, spec: {credentialsRef: {name: creds}, "
                + spec
                + "}}",
            DatabaseResource.class);
    return resource;
  }

  static DBHubInstance instance(String spec) {
    DBHubInstance instance =
        Serialization.unmarshal(
            "---\n{apiVersion: dbhub.tas.io/v1alpha1, kind: DBHubInstance, spec: {" + spec + "}}",
            DBHubInstance.class);
    instance.setMetadata(
        new ObjectMetaBuilder()
            .withName("main")
            .withNamespace("ns")
            .withUid("uid-of-main")
            .withGeneration(1L)
            .build());
    return instance;
  }
}
