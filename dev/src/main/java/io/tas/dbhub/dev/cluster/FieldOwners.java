package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code metadata.managedFields} of one object: who owns which field, by applying or by
 * updating.
 */
final class FieldOwners {

  static final String APPLY = "Apply";
  static final String UPDATE = "Update";

  /** One manager's fields, written by one kind of operation through one subresource. */
  private record Entry(
      String manager,
      String operation,
      String subresource,
      ObjectNode json,
      Set<List<String>> fields) {

    boolean is(String otherManager, String otherOperation, String otherSubresource) {
      return manager.equals(otherManager)
          && operation.equals(otherOperation)
          && subresource.equals(otherSubresource);
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  private FieldOwners() {}

  static FieldOwners of(ObjectNode object) {
    FieldOwners owners = new FieldOwners();
    for (JsonNode entry : Json.at(object, "metadata", "managedFields")) {
      owners.entries.add(
          new Entry(
              Json.text(entry, "manager"),
              Json.text(entry, "operation"),
              Json.text(entry, "subresource"),
              entry.deepCopy(),
              FieldSet.read(entry.path("fieldsV1"))));
    }
    return owners;
  }

  Set<List<String>> fields(String manager, String operation, String subresource) {
    return entry(manager, operation, subresource).map(Entry::fields).orElseGet(FieldSet::newSet);
  }

  /** A manager other than this entry's who owns the field. */
  Optional<String> otherOwner(
      List<String> path, String manager, String operation, String subresource) {
    return entries.stream()
        .filter(entry -> !entry.is(manager, operation, subresource))
        .filter(entry -> entry.fields().contains(path))
        .map(Entry::manager)
        .findFirst();
  }

  /** Whether anybody owns the path or something below it. */
  boolean owned(List<String> path) {
    boolean item = path.get(path.size() - 1).equals(FieldSet.ITEM_ITSELF);
    List<String> prefix = item ? path.subList(0, path.size() - 1) : path;
    return entries.stream()
        .flatMap(entry -> entry.fields().stream())
        .anyMatch(
            field ->
                field.size() >= prefix.size() && field.subList(0, prefix.size()).equals(prefix));
  }

  /** Sets what the manager owns: nothing at all takes it off the list. */
  void set(
      String manager,
      String operation,
      String subresource,
      String apiVersion,
      Set<List<String>> fields) {
    Optional<Entry> there = entry(manager, operation, subresource);
    if (there.isPresent() && there.get().fields().equals(fields)) {
      return;
    }
    entries.removeIf(entry -> entry.is(manager, operation, subresource));
    if (!fields.isEmpty()) {
      ObjectNode json =
          Json.object()
              .put("manager", manager)
              .put("operation", operation)
              .put("apiVersion", apiVersion)
              .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
              .put("fieldsType", "FieldsV1");
      if (!subresource.isEmpty()) {
        json.put("subresource", subresource);
      }
      entries.add(new Entry(manager, operation, subresource, json, fields));
    }
  }

  /** Takes fields away from everyone but the given entry. */
  void take(Collection<List<String>> paths, String manager, String operation, String subresource) {
    for (Entry entry : List.copyOf(entries)) {
      if (!entry.is(manager, operation, subresource)) {
        entry.fields().removeAll(Set.copyOf(paths));
      }
    }
    entries.removeIf(entry -> entry.fields().isEmpty());
  }

  void writeTo(ObjectNode object) {
    ObjectNode metadata = Json.metadata(object);
    if (entries.isEmpty()) {
      metadata.remove("managedFields");
      return;
    }
    ArrayNode list = metadata.putArray("managedFields");
    for (Entry entry : entries) {
      ObjectNode json = entry.json().deepCopy();
      json.set("fieldsV1", FieldSet.write(entry.fields()));
      list.add(json);
    }
  }

  private Optional<Entry> entry(String manager, String operation, String subresource) {
    return entries.stream().filter(entry -> entry.is(manager, operation, subresource)).findFirst();
  }
}
