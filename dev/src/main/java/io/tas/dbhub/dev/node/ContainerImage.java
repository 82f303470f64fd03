package io.tas.dbhub.dev.node;

import java.util.List;
import java.util.Map;

/**
 * What stands for an image on this machine.
 *
 * @param command the entry point: the program and its first arguments; the container's {@code args}
 *     follow
 * @param environment set unless the Pod sets the same variable; may use {@code $(POD_IP)}
 */
public record ContainerImage(List<String> command, Map<String, String> environment) {

  /** Copies. */
  public ContainerImage {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
