package io.tas.dbhub.dev.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types that every cluster has, as far as this project and kubectl use them. */
final class BuiltInTypes {

  private static final PrinterColumn AGE =
      new PrinterColumn("Age", "date", ".metadata.creationTimestamp", 0);

  private BuiltInTypes() {}

  static List<ResourceType> all() {
    return List.of(
            cluster("", "v1", "Namespace", "namespaces", "ns").columns("Status", ".status.phase"),
            cluster("", "v1", "Node", "nodes", "no"),
            namespaced("", "v1", "Pod", "pods", "po")
                .columns(
                    "Status", ".status.phase", "IP", ".status.podIP", "Node", ".spec.nodeName"),
            namespaced("", "v1", "Service", "services", "svc")
                .columns("Type", ".spec.type", "Cluster-IP", ".spec.clusterIP"),
            namespaced("", "v1", "Secret", "secrets").columns("Type", ".type").plain(),
            namespaced("", "v1", "ConfigMap", "configmaps", "cm").plain(),
            namespaced("", "v1", "ServiceAccount", "serviceaccounts", "sa").plain(),
            namespaced("", "v1", "Event", "events", "ev")
                .columns("Type", ".type", "Reason", ".reason", "Message", ".message")
                .plain(),
            namespaced("", "v1", "Endpoints", "endpoints", "ep").plain(),
            namespaced("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc"),
            namespaced("", "v1", "LimitRange", "limitranges", "limits").plain(),
            namespaced("", "v1", "ResourceQuota", "resourcequotas", "quota"),
            namespaced("apps", "v1", "Deployment", "deployments", "deploy")
                .columns(
                    "Ready", ".status.readyReplicas",
                    "Up-To-Date", ".status.updatedReplicas",
                    "Available", ".status.availableReplicas"),
            namespaced("apps", "v1", "ReplicaSet", "replicasets", "rs"),
            namespaced("apps", "v1", "StatefulSet", "statefulsets", "sts"),
            namespaced(
                "autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa"),
            namespaced("coordination.k8s.io", "v1", "Lease", "leases")
                .columns("Holder", ".spec.holderIdentity")
                .plain(),
            namespaced("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices").plain(),
            namespaced("events.k8s.io", "v1", "Event", "events", "ev").plain(),
            namespaced("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "netpol"),
            namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb"),
            namespaced("rbac.authorization.k8s.io", "v1", "Role", "roles").plain(),
            namespaced("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings").plain(),
            cluster("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles").plain(),
            cluster("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings")
                .plain(),
            cluster(
                "apiextensions.k8s.io",
                "v1",
                "CustomResourceDefinition",
                "customresourcedefinitions",
                "crd",
                "crds"))
        .stream()
        .map(Draft::type)
        .toList();
  }

  private static Draft cluster(
      String group, String version, String kind, String plural, String... shortNames) {
    return new Draft(group, version, kind, plural, List.of(shortNames), false, true, List.of(AGE));
  }

  private static Draft namespaced(
      String group, String version, String kind, String plural, String... shortNames) {
    return new Draft(group, version, kind, plural, List.of(shortNames), true, true, List.of(AGE));
  }

  private record Draft(
      String group,
      String version,
      String kind,
      String plural,
      List<String> shortNames,
      boolean namespaced,
      boolean status,
      List<PrinterColumn> printed) {

    /** Pairs of a column's name and path, printed before the age. */
    Draft columns(String... namesAndPaths) {
      java.util.ArrayList<PrinterColumn> list = new java.util.ArrayList<>();
      for (int i = 0; i < namesAndPaths.length; i += 2) {
        list.add(PrinterColumn.of(namesAndPaths[i], namesAndPaths[i + 1]));
      }
      list.add(AGE);
      return new Draft(
          group, version, kind, plural, shortNames, namespaced, status, List.copyOf(list));
    }

    /** Without status and generations. */
    Draft plain() {
      return new Draft(group, version, kind, plural, shortNames, namespaced, false, printed);
    }

    ResourceType type() {
      return new ResourceType(
          group,
          version,
          kind,
          plural,
          kind.toLowerCase(Locale.ROOT),
          shortNames,
          List.of(),
          namespaced,
          status,
          status && !group.isEmpty(),
          Optional.empty(),
          Optional.empty(),
          printed);
    }
  }
}
