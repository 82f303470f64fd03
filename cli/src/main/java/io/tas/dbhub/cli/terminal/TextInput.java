package io.tas.dbhub.cli.terminal;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads whole texts in UTF-8, from a file or from the standard input. */
public final class TextInput {
  static final String STANDARD = "The standard input";

  private final Terminal terminal;
  private final int longest;

  /**
   * @param longest bytes that are read
   */
  public TextInput(Terminal terminal, int longest) {
    this.terminal = terminal;
    this.longest = longest;
  }

  /**
   * @throws CommandFailure USAGE for what cannot be read, is too long or no UTF-8
   */
  public String ofFile(Path file) {
    try (InputStream open = Files.newInputStream(file)) {
      return text(open.readNBytes(longest + 1), file.toString());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, file + " cannot be read: " + Reasons.of(e));
    }
  }

  /** As {@link #ofFile}, from the standard input. */
  public String ofInput() {
    try {
      return text(terminal.input().readNBytes(longest + 1), STANDARD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(byte[] bytes, String source) {
    if (bytes.length > longest) {
      throw new CommandFailure(
          ExitCode.USAGE, source + " has more than " + longest + " bytes, which is too much.");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(ExitCode.USAGE, source + " is not UTF-8.");
    }
  }
}
