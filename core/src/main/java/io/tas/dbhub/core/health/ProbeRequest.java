package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.ResourceRef;

public record ProbeRequest(ResourceRef resource) {}
