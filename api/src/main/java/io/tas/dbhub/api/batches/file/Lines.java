package io.tas.dbhub.api.batches.file;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of a file that are not empty. For one thread. */
final class Lines implements Closeable {
  private final DecodedText text;
  private final BufferedReader reader;
  private long number;

  Lines(DecodedText text) {
    this.text = text;
    this.reader = new BufferedReader(text);
  }

  /** The next one without white space around it; empty after the last one. */
  Optional<String> next() throws IOException {
    while (true) {
      text.rowBegins(number + 1);
      @Nullable String line = reader.readLine();
      if (line == null) {
        return Optional.empty();
      }
      number++;
      if (line.length() > DecodedText.LONGEST_ROW) {
        throw DecodedText.tooLong(number);
      }
      if (!line.isBlank()) {
        return Optional.of(line.strip());
      }
    }
  }

  /** Of the line that was read last, from 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
