package io.tas.dbhub.activities.kubernetes.crd;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What the generator has no annotation for. */
final class CrdFinish implements CRDPostProcessor {
  /** The order in which a person reads the columns; the generator sorts them by path. */
  private static final List<String> COLUMNS =
      List.of(
          "Type",
          "Host",
          "Port",
          "Database",
          "Replicas",
          "Available",
          "Databases",
          "Phase",
          "Endpoint",
          "Message",
          "Age");

  private static final List<String> TIMES =
      List.of("lastChecked", "lastConfigUpdate", "lastTransitionTime");

  /** The manifests in use: a Database without a spec was never accepted, an instance is. */
  private static final List<String> NEEDS_A_SPEC = List.of("Database");

  /** As Kubernetes writes quantities; else the pods would be refused later, and less plainly. */
  private static final String QUANTITY =
      "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)"
          + "([KMGTPE]i|[numkMGTPE]|[eE][+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+))?$";

  /** What Kubernetes demands of an affinity's objects, by the fields they have. */
  private static final List<List<String>> DEMANDED =
      List.of(
          List.of("key", "operator"),
          List.of("preference", "weight"),
          List.of("podAffinityTerm", "weight"),
          List.of("topologyKey"),
          List.of("nodeSelectorTerms"));

  @Override
  public HasMetadata process(HasMetadata generated, String crdSpecVersion) {
    CustomResourceDefinition crd = (CustomResourceDefinition) generated;
    for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
      List<CustomResourceColumnDefinition> columns =
          new ArrayList<>(version.getAdditionalPrinterColumns());
      columns.sort(Comparator.comparing(column -> COLUMNS.indexOf(column.getName())));
      version.setAdditionalPrinterColumns(columns);
      JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
      if (NEEDS_A_SPEC.contains(crd.getSpec().getNames().getKind())) {
        schema.setRequired(List.of("spec"));
      }
      finish(schema);
      conditionsAreAMapByType(schema.getProperties().get("status"));
    }
    return crd;
  }

  private static void finish(JSONSchemaProps schema) {
    // An enum's rule is found twice: on the record's component and on its accessor.
    schema.setXKubernetesValidations(
        new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    Map<String, JSONSchemaProps> properties = schema.getProperties();
    if (properties != null) {
      properties.forEach(
          (name, property) -> {
            if ("integer".equals(property.getType())) {
              property.setFormat(name.endsWith("eneration") ? "int64" : "int32");
            }
            if (TIMES.contains(name)) {
              property.setFormat("date-time");
            }
            if ("tolerationSeconds".equals(name)) {
              property.setFormat("int64");
            }
            if ("affinity".equals(name)) {
              demand(property);
            }
            finish(property);
          });
    }
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      schema.setPattern(QUANTITY);
    }
    if (schema.getAdditionalProperties() != null
        && schema.getAdditionalProperties().getSchema() != null) {
      finish(schema.getAdditionalProperties().getSchema());
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      finish(schema.getItems().getSchema());
    }
  }

  private static void demand(JSONSchemaProps schema) {
    Map<String, JSONSchemaProps> properties = schema.getProperties();
    if (properties != null) {
      DEMANDED.stream()
          .filter(fields -> properties.keySet().containsAll(fields))
          .forEach(schema::setRequired);
      properties.values().forEach(CrdFinish::demand);
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      demand(schema.getItems().getSchema());
    }
  }

  private static void conditionsAreAMapByType(JSONSchemaProps status) {
    JSONSchemaProps conditions = status.getProperties().get("conditions");
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    conditions
        .getItems()
        .getSchema()
        .setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
  }
}
