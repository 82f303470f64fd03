package io.tas.dbhub.api.batches.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The rows of a file, one after the other; only one of them is held. For one thread. */
public interface RowReader extends Closeable {
  /**
   * The next row; empty after the last one.
   *
   * @throws UnreadableFileException when nothing can be read from here on
   * @throws IOException when the file does not come to its end
   */
  Optional<FileRow> next() throws IOException;
}
