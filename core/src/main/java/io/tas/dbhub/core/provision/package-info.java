/** The contract of provisioning: Secret, Database resource, inventory node. */
@NullMarked
package io.tas.dbhub.core.provision;

import org.jspecify.annotations.NullMarked;
