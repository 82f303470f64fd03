/** Every name that crosses a process: queues, workflow ids, search attributes, labels. */
@NullMarked
package io.tas.dbhub.core.names;

import org.jspecify.annotations.NullMarked;
