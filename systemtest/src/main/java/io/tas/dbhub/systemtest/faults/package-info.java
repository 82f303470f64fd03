/** The fault matrix: every operation, broken off at every step, on the real engines. */
@NullMarked
package io.tas.dbhub.systemtest.faults;

import org.jspecify.annotations.NullMarked;
