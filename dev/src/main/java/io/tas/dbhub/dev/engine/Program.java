package io.tas.dbhub.dev.engine;

import java.nio.file.Path;

/** A program of an engine, as found or built on this machine. */
public sealed interface Program {

  /**
   * It can be run.
   *
   * @param bin the directory of its executables
   */
  record Installed(Path bin) implements Program {
    /** What {@code bin} lies in, beside {@code share} and the like. */
    public Path home() {
      return bin.resolveSibling("").toAbsolutePath();
    }

    public Path executable(String name) {
      return bin.resolve(name);
    }

    @Override
    public Installed orThrow() {
      return this;
    }
  }

  /**
   * It can be had on this machine by none of the known ways.
   *
   * @param reason one or more sentences for people: what is missing and what to do about it
   */
  record Unavailable(String reason) implements Program {
    @Override
    public Installed orThrow() {
      throw new EngineException(reason);
    }
  }

  /**
   * For callers that cannot do without it.
   *
   * @throws EngineException with the reason, when it is unavailable
   */
  Installed orThrow();
}
