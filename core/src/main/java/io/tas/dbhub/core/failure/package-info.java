/** Every failure that crosses a process, in one place. */
@NullMarked
package io.tas.dbhub.core.failure;

import org.jspecify.annotations.NullMarked;
