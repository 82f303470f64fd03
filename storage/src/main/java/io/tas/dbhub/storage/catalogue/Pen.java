package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.DatabaseRef;

/**
 * The right to write a database's catalogue. Only the holder that took it last has it: any write
 * with another pen is a {@link PenLostException} and changes nothing.
 *
 * @param holder of the attempt that writes; no two attempts have the same
 */
public record Pen(DatabaseRef database, String holder) {}
