/** What activities tell Temporal. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.temporal;
