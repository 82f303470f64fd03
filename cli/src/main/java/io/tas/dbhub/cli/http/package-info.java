/** The REST API as JSON over HTTP. */
@NullMarked
package io.tas.dbhub.cli.http;

import org.jspecify.annotations.NullMarked;
