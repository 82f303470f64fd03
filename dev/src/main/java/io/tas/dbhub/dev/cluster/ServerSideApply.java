package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who owns which field after a write, and what an apply makes of an object.
 *
 * <p>An apply sets the fields it names, removes the fields this manager named in its last apply and
 * nobody else owns, and leaves all others alone. Fields of another manager with another value are a
 * conflict, unless forced.
 */
final class ServerSideApply {

  private ServerSideApply() {}

  /**
   * The live object (empty for a new one) after the manager applied its configuration.
   *
   * @throws ApiFailure 409 when others own fields with other values
   */
  static ObjectNode apply(
      ObjectNode live,
      ObjectNode config,
      ResourceType type,
      WriteOptions options,
      String subresource) {
    Shape shape = type.shape();
    String manager = options.manager();
    Map<List<String>, JsonNode> wanted = FieldSet.leaves(config, shape);
    Map<List<String>, JsonNode> there = FieldSet.leaves(live, shape);
    FieldOwners owners = FieldOwners.of(live);
    Set<List<String>> contested = new HashSet<>();
    List<ApiFailure.Cause> conflicts = new ArrayList<>();
    wanted.forEach(
        (path, value) -> {
          if (!value.equals(there.get(path))) {
            owners
                .otherOwner(path, manager, FieldOwners.APPLY, subresource)
                .ifPresent(
                    other -> {
                      contested.add(path);
                      conflicts.add(
                          new ApiFailure.Cause(
                              dotted(path),
                              "FieldManagerConflict",
                              "conflict with \"" + other + "\""));
                    });
          }
        });
    if (!conflicts.isEmpty() && !options.force()) {
      throw ApiFailure.applyConflict(conflicts);
    }
    ObjectNode merged = (ObjectNode) Merge.applied(live, config, shape);
    Set<List<String>> noLonger = owners.fields(manager, FieldOwners.APPLY, subresource);
    Set<List<String>> dropped = FieldSet.newSet();
    dropped.addAll(noLonger);
    dropped.removeAll(wanted.keySet());
    Set<List<String>> now = FieldSet.newSet();
    now.addAll(wanted.keySet());
    owners.take(contested, manager, FieldOwners.APPLY, subresource);
    owners.set(manager, FieldOwners.APPLY, subresource, type.apiVersion(), now);
    for (List<String> path : dropped) {
      if (!owners.owned(path)) {
        FieldSet.remove(merged, path);
      }
    }
    owners.writeTo(merged);
    return merged;
  }

  /** Records an ordinary write: its writer owns what it changed, and nobody owns what is gone. */
  static void recordUpdate(
      ObjectNode before, ObjectNode after, ResourceType type, String manager, String subresource) {
    Shape shape = type.shape();
    Map<List<String>, JsonNode> old = FieldSet.leaves(before, shape);
    Map<List<String>, JsonNode> now = FieldSet.leaves(after, shape);
    Set<List<String>> changed = FieldSet.newSet();
    now.forEach(
        (path, value) -> {
          if (!value.equals(old.get(path))) {
            changed.add(path);
          }
        });
    Set<List<String>> gone = new HashSet<>(old.keySet());
    gone.removeAll(now.keySet());
    FieldOwners owners = FieldOwners.of(before);
    Set<List<String>> mine = FieldSet.newSet();
    mine.addAll(owners.fields(manager, FieldOwners.UPDATE, subresource));
    mine.addAll(changed);
    mine.removeAll(gone);
    owners.take(gone, "", "", "");
    owners.take(changed, manager, FieldOwners.UPDATE, subresource);
    owners.set(manager, FieldOwners.UPDATE, subresource, type.apiVersion(), mine);
    owners.writeTo(after);
  }

  private static String dotted(List<String> path) {
    StringBuilder text = new StringBuilder();
    for (String step : path) {
      if (step.startsWith("f:")) {
        text.append('.').append(step, 2, step.length());
      } else if (step.length() > 1) {
        text.append('[').append(step, 2, step.length()).append(']');
      }
    }
    return text.toString();
  }
}
