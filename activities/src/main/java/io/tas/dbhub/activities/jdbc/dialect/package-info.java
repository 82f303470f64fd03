/** What differs between the engines: opening a connection, and what to ask over it. */
@NullMarked
package io.tas.dbhub.activities.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
