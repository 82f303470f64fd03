/** End to end on the real engines: one system for all classes, started by {@link RealSystem}. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.systemtest;
