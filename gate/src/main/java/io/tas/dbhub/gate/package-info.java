/**
 * Reads SQL as each engine does, and lets reads through to read-only connections. No I/O; knows
 * nothing of who asks.
 */
@NullMarked
package io.tas.dbhub.gate;

import org.jspecify.annotations.NullMarked;
