/** Reads what tables targets have, whatever their number, within bounded time and memory. */
@NullMarked
package io.tas.dbhub.activities.jdbc.schema;

import org.jspecify.annotations.NullMarked;
