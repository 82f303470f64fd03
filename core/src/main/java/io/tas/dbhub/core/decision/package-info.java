/** Steps that a workflow may not give up, and what a person decides about them. */
@NullMarked
package io.tas.dbhub.core.decision;

import org.jspecify.annotations.NullMarked;
