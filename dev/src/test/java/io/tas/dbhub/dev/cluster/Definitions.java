package io.tas.dbhub.dev.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** A small definition with everything the server does with one. */
final class Definitions {

  static final String GADGETS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: gadgets.example.io
      spec:
        group: example.io
        scope: Namespaced
        names: {kind: Gadget, plural: gadgets, singular: gadget, shortNames: [gd]}
        versions:
        - name: v1alpha1
          served: true
          storage: true
          subresources:
            status: {}
            scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
          additionalPrinterColumns:
          - {name: Type, type: string, jsonPath: .spec.type}
          - {name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status'}
          - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
          schema:
            openAPIV3Schema:
              type: object
              required: [spec]
              properties:
                spec:
                  type: object
                  required: [type]
                  properties:
                    type: {type: string, enum: [postgres, sqlite]}
                    port: {type: integer, minimum: 1, maximum: 65535}
                    name: {type: string, pattern: '^[a-z]+$'}
                    replicas: {type: integer, default: 1}
                    reference:
                      type: object
                      properties:
                        key: {type: string, default: password}
                status:
                  type: object
                  properties:
                    phase: {type: string}
                    replicas: {type: integer}
                    conditions:
                      type: array
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [type]
                      items:
                        type: object
                        required: [type]
                        properties:
                          type: {type: string}
                          status: {type: string}
      """;

  private Definitions() {}

  static MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      install(KubernetesClient client) {
    client
        .load(new ByteArrayInputStream(GADGETS.getBytes(StandardCharsets.UTF_8)))
        .serverSideApply();
    return client.genericKubernetesResources("example.io/v1alpha1", "Gadget");
  }

  static GenericKubernetesResource gadget(String name, String specYaml) {
    return Serialization.unmarshal(
        """
        apiVersion: example.io/v1alpha1
        kind: Gadget
        metadata: {name: %s}
        spec: %s
        """
            .formatted(name, specYaml),
        GenericKubernetesResource.class);
  }
}
