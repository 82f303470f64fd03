package io.tas.dbhub.core.decision;

import org.jspecify.annotations.Nullable;

/**
 * What a person decided about a parked step. From the command line: {@code
 * {"decision":"skip","reason":"deleted by hand","actor":"ada"}}.
 *
 * @param step the step it is meant for, so that nobody decides about another one than they saw;
 *     null for whichever is parked
 * @param reason needed to skip, to abandon and to reject
 * @param actor who decided
 * @param source where it came from, such as an address; null when it did not come through REST
 */
public record Decision(
    Choice decision,
    @Nullable String step,
    @Nullable String reason,
    @Nullable String actor,
    @Nullable String source) {}
