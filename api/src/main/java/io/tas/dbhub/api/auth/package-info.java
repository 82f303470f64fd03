/** Who asks: bearer tokens, tenants, spaces and roles. */
@NullMarked
package io.tas.dbhub.api.auth;

import org.jspecify.annotations.NullMarked;
