/** Proving that a connection works, for as long as it exists. */
@NullMarked
package io.tas.dbhub.workflows.health;

import org.jspecify.annotations.NullMarked;
