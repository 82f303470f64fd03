/** What runs of schedules ask of the inventory and of Temporal. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.schedule;
