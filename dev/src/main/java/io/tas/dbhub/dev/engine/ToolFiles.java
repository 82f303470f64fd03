package io.tas.dbhub.dev.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The pins of one program: the files of a folder below {@code tools/}, which the build puts on the
 * class path so that they are found whatever the working directory is.
 */
record ToolFiles(String folder) {

  /** What the file says; empty where there is none. */
  String textOrNothing(String file) {
    return ToolFiles.class.getResource(resource(file)) == null ? "" : text(file);
  }

  String text(String file) {
    try (InputStream in = open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void copy(String file, Path directory) throws IOException {
    try (InputStream in = open(file)) {
      Files.copy(in, directory.resolve(file));
    }
  }

  private InputStream open(String file) throws IOException {
    InputStream in = ToolFiles.class.getResourceAsStream(resource(file));
    if (in == null) {
      throw new FileNotFoundException("not on the class path: " + resource(file));
    }
    return in;
  }

  private String resource(String file) {
    return "/tools/" + folder + "/" + file;
  }
}
