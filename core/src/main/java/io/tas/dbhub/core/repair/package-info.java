/** Putting back what somebody removed or changed by hand. */
@NullMarked
package io.tas.dbhub.core.repair;

import org.jspecify.annotations.NullMarked;
