package io.tas.dbhub.dev.node;

import java.time.Duration;

/** Takes a Pod out of the traffic before its processes are stopped. */
@FunctionalInterface
public interface Drain {

  /**
   * Sends nothing new to the Pod and waits until what runs there is answered, or the time is over.
   */
  void drain(String podUid, String podIp, Duration atMost) throws InterruptedException;

  /** For a node without a {@link ServiceProxy}. */
  static Drain none() {
    return (podUid, podIp, atMost) -> {};
  }
}
