/** Changing a connection: the parts move together or not at all. */
@NullMarked
package io.tas.dbhub.core.update;

import org.jspecify.annotations.NullMarked;
