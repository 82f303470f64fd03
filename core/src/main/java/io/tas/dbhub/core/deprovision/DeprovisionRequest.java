package io.tas.dbhub.core.deprovision;

import io.tas.dbhub.core.model.DatabaseRef;

public record DeprovisionRequest(DatabaseRef database) {}
