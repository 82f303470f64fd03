package io.tas.dbhub.activities.jdbc.schema;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows, kept in partitions by their table, so that each table's rows are found together and only
 * one partition is in memory at a time. What is little stays in memory; more goes to one file
 * without a name, which is gone with the process, however that ends. Of one thread.
 */
final class Spool implements AutoCloseable {
  private static final int PARTITIONS = 256;
  private static final int CHUNK = 16 << 10;

  private final Path directory;
  private final long largestPartition;
  private final long most;
  private final List<Partition> partitions = new ArrayList<>();
  private @Nullable FileChannel file;
  private long written;

  /**
   * @param directory where the file is made, if one is needed
   * @param largestPartition in bytes: what has to be held to put tables together
   * @param most bytes in the file
   */
  Spool(Path directory, long largestPartition, long most) {
    this.directory = directory;
    this.most = most;
    this.largestPartition = largestPartition;
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new Partition());
    }
  }

  /** Where a part of a partition is in the file. */
  private record Chunk(long offset, int length) {}

  private static final class Partition {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final List<Chunk> chunks = new ArrayList<>();
    private long length;
  }

  /** What is done with the rows of one partition. */
  interface Taker {
    void take(Iterable<SchemaRow> rows);
  }

  /**
   * @throws TooLargeException when all tables, or those of one partition, take more than can be
   *     held
   * @throws UncheckedIOException when the file cannot be written
   */
  void add(SchemaRow row) throws TooLargeException {
    Partition partition = partitions.get(Math.floorMod(row.table().hashCode(), PARTITIONS));
    try {
      SchemaRowCodec.write(partition.out, row);
      if (partition.bytes.size() >= CHUNK) {
        flush(partition);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (partition.length + partition.bytes.size() > largestPartition || written > most) {
      throw TooLargeException.text();
    }
  }

  private void flush(Partition partition) throws IOException {
    if (file == null) {
      file = unnamed(directory);
    }
    ByteBuffer bytes = ByteBuffer.wrap(partition.bytes.toByteArray());
    partition.chunks.add(new Chunk(written, bytes.remaining()));
    partition.length += bytes.remaining();
    while (bytes.hasRemaining()) {
      written += file.write(bytes, written);
    }
    partition.bytes.reset();
  }

  private static FileChannel unnamed(Path directory) throws IOException {
    Path path = Files.createTempFile(directory, "schema", ".spool");
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      // Open files live on without their names, until they are closed.
      Files.delete(path);
    }
  }

  /** Hands out one partition after the other; may be called again. */
  void forEachPartition(Taker taker) {
    for (Partition partition : partitions) {
      if (partition.length + partition.bytes.size() > 0) {
        taker.take(rows(partition));
      }
    }
  }

  private List<SchemaRow> rows(Partition partition) {
    try {
      List<SchemaRow> rows = new ArrayList<>();
      byte[] bytes = bytes(partition);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      while (in.available() > 0) {
        rows.add(SchemaRowCodec.read(in));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes(Partition partition) throws IOException {
    byte[] rest = partition.bytes.toByteArray();
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(partition.length + rest.length));
    for (Chunk chunk : partition.chunks) {
      read(chunk, all);
    }
    return all.put(rest).array();
  }

  private void read(Chunk chunk, ByteBuffer into) throws IOException {
    if (file == null) {
      throw new IOException("the spool is closed");
    }
    ByteBuffer part = into.slice(into.position(), chunk.length());
    while (part.hasRemaining()) {
      if (file.read(part, chunk.offset() + part.position()) < 0) {
        throw new IOException("the spool's file is cut off");
      }
    }
    into.position(into.position() + chunk.length());
  }

  /** Whether it has a file. */
  boolean onDisk() {
    return file != null;
  }

  @Override
  public void close() {
    partitions.clear();
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // It has no name, so there is nothing left of it.
    } finally {
      file = null;
    }
  }
}
