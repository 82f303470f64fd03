/** Taking a connection away. */
@NullMarked
package io.tas.dbhub.workflows.deprovision;

import org.jspecify.annotations.NullMarked;
