package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How one program is made on this machine, from packages of the public registries only. */
interface Recipe {
  /** Names the program in messages and in the cache. */
  String name();

  /** Everything that decides what comes out: pins, lock files. Another text is another build. */
  String pins();

  /** Why this recipe cannot even be tried here, with a cure. Empty: it can. */
  Optional<String> obstacle();

  /**
   * Builds into an empty directory; the executables go to its {@code bin}.
   *
   * @param log where the output of the tools goes
   */
  void build(Path home, Path log, Progress progress) throws IOException, BuildFailedException;
}
