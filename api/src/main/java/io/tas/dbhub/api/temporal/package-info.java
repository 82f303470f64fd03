/** How the API speaks to Temporal. */
@NullMarked
package io.tas.dbhub.api.temporal;

import org.jspecify.annotations.NullMarked;
