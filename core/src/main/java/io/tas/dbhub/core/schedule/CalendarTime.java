package io.tas.dbhub.core.schedule;

/**
 * Times at which all of these match, in the manner of cron: {@code *}, numbers, names of months and
 * days, ranges, steps and lists. Day of month and day of week both have to match.
 *
 * @param dayOfWeek 0 to 6 from Sunday
 */
public record CalendarTime(
    String minute, String hour, String dayOfMonth, String month, String dayOfWeek) {}
