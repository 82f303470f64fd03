/** What happens to databases by itself, and when. */
@NullMarked
package io.tas.dbhub.core.schedule;

import org.jspecify.annotations.NullMarked;
