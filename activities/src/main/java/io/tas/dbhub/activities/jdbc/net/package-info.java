/**
 * The network under a probe: which addresses may be connected to, sockets that lead to the checked
 * address and nowhere else, and TLS that means the same for every driver.
 */
@NullMarked
package io.tas.dbhub.activities.jdbc.net;

import org.jspecify.annotations.NullMarked;
