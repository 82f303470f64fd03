/** What API and worker say to each other about queries. */
@NullMarked
package io.tas.dbhub.core.query;

import org.jspecify.annotations.NullMarked;
