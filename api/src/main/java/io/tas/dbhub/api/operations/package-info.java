/** What ran, runs or waits, over REST. */
@NullMarked
package io.tas.dbhub.api.operations;

import org.jspecify.annotations.NullMarked;
