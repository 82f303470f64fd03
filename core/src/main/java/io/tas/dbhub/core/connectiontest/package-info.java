/** The contract of testing a connection before it is saved. */
@NullMarked
package io.tas.dbhub.core.connectiontest;

import org.jspecify.annotations.NullMarked;
