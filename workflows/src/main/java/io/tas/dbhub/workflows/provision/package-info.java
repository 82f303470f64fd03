/** Making a connection. */
@NullMarked
package io.tas.dbhub.workflows.provision;

import org.jspecify.annotations.NullMarked;
