/** The journal: who did what. Kept in SQLite, or in PostgreSQL; only ever added to. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.storage.journal;
