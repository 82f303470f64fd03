/** On the way into the journal. */
@NullMarked
package io.tas.dbhub.api.journal;

import org.jspecify.annotations.NullMarked;
