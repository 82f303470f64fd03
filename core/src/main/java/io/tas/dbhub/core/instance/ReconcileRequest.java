package io.tas.dbhub.core.instance;

import io.tas.dbhub.core.model.ResourceRef;

public record ReconcileRequest(ResourceRef instance) {}
