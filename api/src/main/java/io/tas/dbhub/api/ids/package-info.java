/** How ids are written. */
@NullMarked
package io.tas.dbhub.api.ids;

import org.jspecify.annotations.NullMarked;
