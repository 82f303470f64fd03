@org.jspecify.annotations.NullMarked
package io.tas.dbhub.benchmark;
