package io.tas.dbhub.storage.inventory;

/** What a node says for itself where no check says it. */
final class StatusMessages {
  static final String PAUSED = "Paused: neither probed nor served.";

  static final String CHANGED_BY_HAND =
      "The Database resource was changed by hand and differs from the inventory. Repair puts the"
          + " inventory's definition back.";

  private StatusMessages() {}
}
