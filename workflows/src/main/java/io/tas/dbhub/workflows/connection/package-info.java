/** The steps that more than one change of a connection takes. */
@NullMarked
package io.tas.dbhub.workflows.connection;

import org.jspecify.annotations.NullMarked;
