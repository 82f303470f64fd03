/** What the workflows share: the named activity-option sets and steps that must be done. */
@NullMarked
package io.tas.dbhub.workflows.steps;

import org.jspecify.annotations.NullMarked;
