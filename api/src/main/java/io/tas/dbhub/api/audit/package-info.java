/** The journal: what the API writes into it by itself, and how it is read. */
@NullMarked
package io.tas.dbhub.api.audit;

import org.jspecify.annotations.NullMarked;
