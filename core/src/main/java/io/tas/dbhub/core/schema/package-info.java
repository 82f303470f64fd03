/** What tables and columns a target has, and how two states of them differ. */
@NullMarked
package io.tas.dbhub.core.schema;

import org.jspecify.annotations.NullMarked;
