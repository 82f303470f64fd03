package io.tas.dbhub.systemtest.faults;

import java.util.List;

/**
 * What there is of one connection, each object told by which of its states it is in.
 *
 * @param secrets which credentials each Secret holds: "A", "B" or "?"
 * @param resources what each Database resource says: "1", "2" or "?"
 * @param nodes what each inventory node says
 * @param monitored whether its health workflow runs
 * @param dbhub with which credentials DBHub's configuration has it, once for each source
 */
record Facts(
    List<String> secrets,
    List<String> resources,
    List<String> nodes,
    boolean monitored,
    List<String> dbhub) {
  static final Facts NOTHING = new Facts(List.of(), List.of(), List.of(), false, List.of());

  /** One of everything. */
  static Facts whole(String credentials, String text) {
    return new Facts(
        List.of(credentials), List.of(text), List.of(text), true, List.of(credentials));
  }

  /** Of which somebody deleted the Secret and the Database resource. */
  static Facts damaged(String text) {
    return new Facts(List.of(), List.of(), List.of(text), false, List.of());
  }

  /** Whether what an operation sees to itself is the same; the rest follows by and by. */
  boolean sameParts(Facts other) {
    return secrets.equals(other.secrets)
        && resources.equals(other.resources)
        && nodes.equals(other.nodes);
  }

  /** Of a whole one. */
  String credentials() {
    return secrets.get(0);
  }

  /** Of one that has a node. */
  String text() {
    return nodes.get(0);
  }

  boolean isNothing() {
    return equals(NOTHING);
  }

  @Override
  public String toString() {
    return "Secret %s, resource %s, node %s, %s, DBHub %s"
        .formatted(secrets, resources, nodes, monitored ? "monitored" : "not monitored", dbhub);
  }
}
