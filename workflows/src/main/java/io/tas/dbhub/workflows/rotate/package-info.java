/** Changing the credentials of a connection that is being used. */
@NullMarked
package io.tas.dbhub.workflows.rotate;

import org.jspecify.annotations.NullMarked;
