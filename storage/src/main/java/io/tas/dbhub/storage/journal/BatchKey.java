package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.model.Scope;

/** Which batch. */
record BatchKey(Scope scope, String id) {}
