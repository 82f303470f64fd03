package io.tas.dbhub.dev.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {
  @TempDir private Path directory;
  private final AtomicInteger builds = new AtomicInteger();
  private ProgramCache cache;

  @BeforeEach
  void openTheCache() {
    cache =
        new ProgramCache(directory, new Progress(new PrintStream(OutputStream.nullOutputStream())));
  }

  @Test
  void aProgramIsBuiltOnceUntilItsPinsChange() throws IOException {
    Program.Installed first = cache.install(recipe("v1")).orThrow();
    assertThat(cache.install(recipe("v1"))).isEqualTo(first);
    assertThat(builds).hasValue(1);

    Program.Installed second = cache.install(recipe("v2")).orThrow();
    assertThat(builds).hasValue(2);
    assertThat(Files.readString(second.executable("tool"))).isEqualTo("v2");
    assertThat(Files.readString(first.executable("tool"))).isEqualTo("v1");
  }

  @Test
  void whoeverAsksDuringABuildWaitsForIt() {
    List<CompletableFuture<Program>> asking =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> cache.install(recipe("v1"))))
            .toList();
    assertThat(asking.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(builds).hasValue(1);
  }

  @Test
  void aFailedBuildIsAReasonAndIsTriedAgain() {
    assertThat(cache.install(recipe("broken")))
        .isEqualTo(new Program.Unavailable("the compiler is on strike"));
    cache.install(recipe("broken"));
    assertThat(builds).hasValue(2);
  }

  @Test
  void whatAKilledBuildLeftIsNotTakenForAProgram() throws IOException {
    Path leftover = Files.createDirectories(directory.resolve("tool.building").resolve("bin"));
    Files.writeString(leftover.resolve("tool"), "half");
    Program.Installed program = cache.install(recipe("v1")).orThrow();
    assertThat(Files.readString(program.executable("tool"))).isEqualTo("v1");
  }

  @Test
  void theCacheFolderFollowsTheEnvironment() {
    assertThat(ProgramCache.standardDirectory(Map.of("DBHUB_CACHE", "/a", "XDG_CACHE_HOME", "/b")))
        .isEqualTo(Path.of("/a"));
    assertThat(ProgramCache.standardDirectory(Map.of("XDG_CACHE_HOME", "/b")))
        .isEqualTo(Path.of("/b/dbhub-control-plane"));
    assertThat(ProgramCache.standardDirectory(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "dbhub-control-plane"));
  }

  private Recipe recipe(String version) {
    return new Recipe() {
      @Override
      public String name() {
        return "tool";
      }

      @Override
      public String pins() {
        return version;
      }

      @Override
      public Optional<String> obstacle() {
        return Optional.empty();
      }

      @Override
      public void build(Path home, Path log, Progress progress)
          throws IOException, BuildFailedException {
        builds.incrementAndGet();
        if (version.equals("broken")) {
          throw new BuildFailedException("the compiler is on strike");
        }
        Files.writeString(home.resolve("bin").resolve("tool"), version);
      }
    };
  }
}
