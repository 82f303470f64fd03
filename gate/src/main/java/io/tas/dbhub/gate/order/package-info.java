/** What becomes of a query: it is refused, or an order for a worker. No I/O. */
@NullMarked
package io.tas.dbhub.gate.order;

import org.jspecify.annotations.NullMarked;
