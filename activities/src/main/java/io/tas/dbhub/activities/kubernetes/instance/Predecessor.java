package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import java.util.Map;

/**
 * What the operator before this one left under an instance's names. It selected its pods by other
 * labels, and nobody may change by what a Deployment selects: such a Deployment has to go before
 * ours can be. With it goes the Secret that its pods alone read, which holds every credential in
 * URLs.
 */
final class Predecessor {
  private static final String CREDENTIALS = "-creds";
  private static final String BACKGROUND = "Background";

  private final KubernetesClient kubernetes;

  Predecessor(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  /**
   * Takes a Deployment of the instance away where it selects by other labels than it shall. The
   * Secret first: whoever dies in between finds the Deployment again.
   */
  void makeRoom(DBHubInstance instance, Deployment found, Deployment wanted) {
    if (selector(found).equals(selector(wanted))) {
      return;
    }
    Secret credentials =
        kubernetes
            .secrets()
            .inNamespace(instance.getMetadata().getNamespace())
            .withName(instance.getMetadata().getName() + CREDENTIALS)
            .get();
    if (credentials != null && ServerObjects.ownedBy(credentials, instance)) {
      ServerObjects.delete(kubernetes, credentials, BACKGROUND);
    }
    // Its name is free at once, its pods end by themselves.
    ServerObjects.delete(kubernetes, found, BACKGROUND);
  }

  private static Map<String, String> selector(Deployment deployment) {
    return deployment.getSpec().getSelector().getMatchLabels();
  }
}
