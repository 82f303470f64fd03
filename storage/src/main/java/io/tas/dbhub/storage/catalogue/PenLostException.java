package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;

/** Another attempt writes this catalogue now, or the database is gone. Nothing was written. */
public final class PenLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PenLostException(DatabaseRef database) {
    super("the catalogue of database " + database.id() + " is another's to write");
  }
}
