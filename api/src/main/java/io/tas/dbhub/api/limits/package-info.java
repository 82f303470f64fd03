/** How many queries may run at once, and how many within an hour. */
@NullMarked
package io.tas.dbhub.api.limits;

import org.jspecify.annotations.NullMarked;
