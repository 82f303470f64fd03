/**
 * The real engines on one machine: how each is obtained (pinned, built once into a cache folder)
 * and run as a child process that never outlives us unnoticed.
 */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.dev.engine;
