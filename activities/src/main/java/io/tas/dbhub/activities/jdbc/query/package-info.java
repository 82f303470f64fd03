/** Runs users' statements on targets, and writes down what they answer, exactly. */
@NullMarked
package io.tas.dbhub.activities.jdbc.query;

import org.jspecify.annotations.NullMarked;
