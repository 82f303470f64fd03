/** The contract of taking a connection away. */
@NullMarked
package io.tas.dbhub.core.deprovision;

import org.jspecify.annotations.NullMarked;
