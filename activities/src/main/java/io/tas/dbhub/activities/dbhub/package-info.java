/** What workflows ask DBHub servers. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.activities.dbhub;
