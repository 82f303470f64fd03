package io.tas.dbhub.core.connectiontest;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.sealing.SealedCredentials;

/**
 * @param testId a UUID
 * @param credentials sealed for the scope's tenant and the test's id
 */
public record TestRequest(
    String testId, Scope scope, Target target, SealedCredentials credentials) {}
