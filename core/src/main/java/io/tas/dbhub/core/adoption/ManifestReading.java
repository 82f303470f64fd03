package io.tas.dbhub.core.adoption;

import org.jspecify.annotations.Nullable;

/**
 * What a resource made by hand asks for, and whether it may. Without either it is gone, or asks for
 * nothing any more.
 *
 * @param wanted null where it may not, or asks for nothing
 * @param refusal null where it may, or asks for nothing
 */
public record ManifestReading(@Nullable AdoptDatabase wanted, @Nullable AdoptionResult refusal) {}
