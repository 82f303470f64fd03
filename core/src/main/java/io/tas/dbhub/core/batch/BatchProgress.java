package io.tas.dbhub.core.batch;

/**
 * How far a batch has come.
 *
 * @param afterRow all rows up to this number were looked at
 * @param done rows that are as they should be, since somebody ran it
 * @param failed rows since then
 * @param attention rows whose operations wait for a person, since then
 * @param paused whether it was paused in the middle
 */
public record BatchProgress(long afterRow, long done, long failed, long attention, boolean paused) {
  public static final BatchProgress NONE = new BatchProgress(0, 0, 0, 0, false);
}
