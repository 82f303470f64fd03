/** What goes wrong, as RFC 9457 problem documents. */
@NullMarked
package io.tas.dbhub.api.errors;

import org.jspecify.annotations.NullMarked;
