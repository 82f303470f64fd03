/** Putting back what is missing of a connection. */
@NullMarked
package io.tas.dbhub.workflows.repair;

import org.jspecify.annotations.NullMarked;
