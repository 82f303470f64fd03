package io.tas.dbhub.core.batch;

/**
 * How far a batch has come.
 *
 * @param afterRow the number of the last row that was looked at
 * @param failed rows since somebody ran it
 * @param attention rows whose operations wait for a person, since then
 * @param paused whether it was paused in the middle
 */
public record BatchProgress(long afterRow, long failed, long attention, boolean paused) {}
