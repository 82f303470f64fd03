/** Commands about who asks which server. */
@NullMarked
package io.tas.dbhub.cli.login;

import org.jspecify.annotations.NullMarked;
