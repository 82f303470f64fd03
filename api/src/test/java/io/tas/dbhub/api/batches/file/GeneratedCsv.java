package io.tas.dbhub.api.batches.file;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A CSV file of any size that is never there as a whole. */
final class GeneratedCsv extends InputStream {
  private final int rows;
  private final String padding;
  private byte[] current = "name,description\n".getBytes(StandardCharsets.UTF_8);
  private int position;
  private int row;

  GeneratedCsv(int rows, int padding) {
    this.rows = rows;
    this.padding = "x".repeat(padding);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position == current.length) {
      if (row == rows) {
        return -1;
      }
      current = ("row " + row++ + ",\"" + padding + "\n\"\n").getBytes(StandardCharsets.UTF_8);
      position = 0;
    }
    int taken = Math.min(length, current.length - position);
    System.arraycopy(current, position, target, offset, taken);
    position += taken;
    return taken;
  }
}
