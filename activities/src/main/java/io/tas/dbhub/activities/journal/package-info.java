/** Activities on the journal. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.journal;
