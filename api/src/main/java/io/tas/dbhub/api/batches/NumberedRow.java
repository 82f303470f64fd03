package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.batches.file.FileRow;

/**
 * @param number of the row in its batch, from 1
 */
record NumberedRow(long number, FileRow row) {}
