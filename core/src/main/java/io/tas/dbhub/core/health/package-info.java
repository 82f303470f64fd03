/** The contract of proving, again and again, that a connection works. */
@NullMarked
package io.tas.dbhub.core.health;

import org.jspecify.annotations.NullMarked;
