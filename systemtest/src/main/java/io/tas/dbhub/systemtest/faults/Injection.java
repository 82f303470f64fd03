package io.tas.dbhub.systemtest.faults;

/**
 * A fault at a step of one operation.
 *
 * @param occurrence of the activity in the operation, from 1; a lasting fault holds from there on
 * @param onWrite whether, on Kubernetes' wire, it waits for a request that changes something
 */
record Injection(String activity, int occurrence, Fault fault, boolean onWrite) {
  boolean concerns(String name, int nth) {
    return activity.equals(name) && (fault.lasting() ? nth >= occurrence : nth == occurrence);
  }
}
