/** Testing a connection before it is saved. */
@NullMarked
package io.tas.dbhub.workflows.connectiontest;

import org.jspecify.annotations.NullMarked;
