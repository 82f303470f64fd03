/** Changing a connection that exists. */
@NullMarked
package io.tas.dbhub.workflows.update;

import org.jspecify.annotations.NullMarked;
