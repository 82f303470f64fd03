/** Delivers to the journal what it missed. */
@NullMarked
package io.tas.dbhub.workflows.audit;

import org.jspecify.annotations.NullMarked;
