/** How workflows that change databases present themselves in Temporal, whoever starts them. */
@NullMarked
package io.tas.dbhub.core.start;

import org.jspecify.annotations.NullMarked;
