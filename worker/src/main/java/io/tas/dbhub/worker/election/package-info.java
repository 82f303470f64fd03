/** Which of several workers does what only one has to. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.worker.election;
