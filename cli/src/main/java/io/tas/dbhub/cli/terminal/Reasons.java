package io.tas.dbhub.cli.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words why a file could not be read or written. */
public final class Reasons {
  private Reasons() {}

  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file.";
    }
    if (e instanceof AccessDeniedException) {
      return "you may not.";
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return (reason == null ? e.getClass().getSimpleName() : reason) + ".";
  }
}
