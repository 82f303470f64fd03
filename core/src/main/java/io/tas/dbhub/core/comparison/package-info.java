/** Finding what belongs to no connection, and connections that miss a part. */
@NullMarked
package io.tas.dbhub.core.comparison;

import org.jspecify.annotations.NullMarked;
