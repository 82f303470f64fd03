/** Who may do what with a connection: levels, and the grants that give them. */
@NullMarked
package io.tas.dbhub.core.access;

import org.jspecify.annotations.NullMarked;
