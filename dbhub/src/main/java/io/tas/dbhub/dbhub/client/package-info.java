/** Asking DBHub servers, and what they answer. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.dbhub.client;
