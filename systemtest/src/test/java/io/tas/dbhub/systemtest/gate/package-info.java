/** The read-only gate against real engines, each with a scratch database of its own. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.systemtest.gate;
