package io.tas.dbhub.dev.cluster;

import java.util.List;

/**
 * What a resource's path names.
 *
 * @param namespace empty for cluster-wide types and for "in all namespaces"
 * @param name empty for the collection
 * @param subresource empty for the object itself
 */
record Target(
    String group,
    String version,
    String resource,
    String namespace,
    String name,
    String subresource) {

  /** Reads {@code /api/v1/…} and {@code /apis/<group>/<version>/…}. */
  static Target of(List<String> path) {
    boolean core = path.get(0).equals("api");
    int start = core ? 2 : 3;
    if (path.size() <= start) {
      throw ApiFailure.noSuchPath();
    }
    String group = core ? "" : path.get(1);
    String version = path.get(start - 1);
    List<String> rest = path.subList(start, path.size());
    String namespace = "";
    boolean namespaceItself =
        rest.size() <= 2
            || (rest.size() == 3 && List.of("status", "finalize").contains(rest.get(2)));
    if (rest.get(0).equals("namespaces") && !namespaceItself) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    if (rest.size() > 3) {
      throw ApiFailure.noSuchPath();
    }
    return new Target(
        group,
        version,
        rest.get(0),
        namespace,
        rest.size() > 1 ? rest.get(1) : "",
        rest.size() > 2 ? rest.get(2) : "");
  }
}
