/** Who did what: entries of the journal and how they are delivered. */
@NullMarked
package io.tas.dbhub.core.audit;

import org.jspecify.annotations.NullMarked;
