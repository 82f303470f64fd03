package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What every cluster starts with: the namespaces, and a service account in each of them. */
final class Bootstrap {

  private static final String MANAGER = "kube-apiserver";

  private final ObjectStore store;
  private final Objects objects;
  private final ResourceType namespaces;
  private final ResourceType serviceAccounts;

  Bootstrap(ObjectStore store, TypeRegistry types, Objects objects) {
    this.store = store;
    this.objects = objects;
    this.namespaces = types.find("", "v1", "namespaces").orElseThrow();
    this.serviceAccounts = types.find("", "v1", "serviceaccounts").orElseThrow();
  }

  void run() {
    for (String name : List.of("default", "kube-public", "kube-system")) {
      if (objects.find(namespaces, "", name).isEmpty()) {
        ObjectNode namespace = Json.object();
        namespace.putObject("metadata").put("name", name);
        objects.create(namespaces, "", namespace, WriteOptions.controller(MANAGER));
      }
    }
    for (ObjectNode namespace : objects.list(namespaces, "")) {
      String name = Json.name(namespace);
      if (store.get(serviceAccounts.key(name, "default")).isEmpty()) {
        ObjectNode account = Json.object();
        account.putObject("metadata").put("name", "default");
        objects.create(serviceAccounts, name, account, WriteOptions.controller(MANAGER));
      }
    }
  }
}
