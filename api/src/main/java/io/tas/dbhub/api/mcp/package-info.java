/**
 * What AI agents reach: an MCP server of the tenant's own. Its tools ask databases by the same way
 * as REST does; nothing here decides who may do what.
 */
@NullMarked
package io.tas.dbhub.api.mcp;

import org.jspecify.annotations.NullMarked;
