package io.tas.dbhub.dev.cluster;

/**
 * A column that {@code kubectl get} prints.
 *
 * @param type as in a CRD: {@code string}, {@code integer}, {@code boolean}, {@code date} (printed
 *     as an age)
 * @param priority 0 is always printed, more than 0 only with {@code -o wide}
 */
record PrinterColumn(String name, String type, String jsonPath, int priority) {

  static PrinterColumn of(String name, String jsonPath) {
    return new PrinterColumn(name, "string", jsonPath, 0);
  }
}
