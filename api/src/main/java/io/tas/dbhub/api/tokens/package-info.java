/** Tokens for agents: less than their issuer may do, and not for long. */
@NullMarked
package io.tas.dbhub.api.tokens;

import org.jspecify.annotations.NullMarked;
