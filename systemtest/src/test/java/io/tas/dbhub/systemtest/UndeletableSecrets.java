package io.tas.dbhub.systemtest;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.activities.kubernetes.KubernetesClients;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * As long as this is open the cluster refuses that anybody but an administrator deletes a Secret of
 * a tenant: what a webhook or a policy does to a cleanup in real life.
 */
final class UndeletableSecrets implements AutoCloseable {
  private final TestSystem system;
  private final Tenant tenant;
  private final KubernetesClient admin;
  private final ValidatingAdmissionPolicy policy;
  private final ValidatingAdmissionPolicyBinding binding;

  UndeletableSecrets(TestSystem system, Tenant tenant) {
    this.system = system;
    this.tenant = tenant;
    this.admin = system.kubernetes();
    String name = "undeletable-" + tenant.id();
    this.policy =
        new ValidatingAdmissionPolicyBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withNewMatchConstraints()
            .addNewResourceRule()
            .withApiGroups("")
            .withApiVersions("v1")
            .withOperations("DELETE")
            .withResources("secrets")
            .endResourceRule()
            .endMatchConstraints()
            .addNewValidation()
            .withExpression(
                "request.userInfo.groups.exists(g, g == 'system:masters')"
                    + " || !has(oldObject.metadata.labels)"
                    + " || !('"
                    + Kubernetes.TENANT
                    + "' in oldObject.metadata.labels)"
                    + " || oldObject.metadata.labels['"
                    + Kubernetes.TENANT
                    + "'] != '"
                    + tenant.id()
                    + "'")
            .withMessage("nobody deletes it")
            .endValidation()
            .endSpec()
            .build();
    this.binding =
        new ValidatingAdmissionPolicyBindingBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withPolicyName(name)
            .withValidationActions("Deny")
            .endSpec()
            .build();
    admin.resource(policy).create();
    admin.resource(binding).create();
    awaitHeeded(true);
  }

  /** Policies take effect some time after they are written. */
  private void awaitHeeded(boolean heeded) {
    try (KubernetesClient worker =
        KubernetesClients.fromKubeconfig(system.local().cluster().worker())) {
      await("the policy is heeded: " + heeded)
          .atMost(Tenant.PATIENCE)
          .until(() -> refused(worker) == heeded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean refused(KubernetesClient worker) {
    String name = "canary-" + tenant.id();
    admin
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(ClusterEngine.NAMESPACE)
                .withLabels(Map.of(Kubernetes.TENANT, tenant.id()))
                .endMetadata()
                .build())
        .serverSideApply();
    try {
      worker.secrets().inNamespace(ClusterEngine.NAMESPACE).withName(name).delete();
      return false;
    } catch (KubernetesClientException refused) {
      admin.secrets().inNamespace(ClusterEngine.NAMESPACE).withName(name).delete();
      return true;
    }
  }

  /** Returns when the policy is forgotten. */
  @Override
  public void close() {
    admin.resource(binding).delete();
    admin.resource(policy).delete();
    awaitHeeded(false);
  }
}
