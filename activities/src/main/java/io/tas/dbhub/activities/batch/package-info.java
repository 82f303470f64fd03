/** What batches ask of the journal, of the inventory and of Temporal. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.batch;
