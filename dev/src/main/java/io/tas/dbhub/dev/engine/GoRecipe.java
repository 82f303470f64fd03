package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds the tools that a Go module names ({@code tool} lines in {@code go.mod}), exactly those of
 * its {@code go.sum}. A file {@code ldflags} beside them says what the tools are told of
 * themselves: without it they do not know their version.
 *
 * @param renamed executables that get a better name than the folder of their source
 */
record GoRecipe(
    String name, ToolFiles files, Executables machine, Map<String, String> renamed, String duration)
    implements Recipe {
  private static final String LINKING = "ldflags";
  private static final Pattern VERSION = Pattern.compile("go(\\d+)\\.(\\d+)");

  /** From here on Go fetches the toolchain that {@code go.mod} asks for by itself. */
  private static final int OLDEST_MINOR = 21;

  @Override
  public String pins() {
    return files.text("go.mod") + files.text("go.sum") + files.textOrNothing(LINKING);
  }

  @Override
  public Optional<String> obstacle() {
    Optional<Path> go = machine.find("go");
    if (go.isEmpty()) {
      return Optional.of(
          name + " is built with Go, and there is no `go` on the PATH. Install Go 1.21 or newer.");
    }
    Optional<Matcher> version = Executables.ask(VERSION, List.of(go.get().toString(), "version"));
    boolean recent =
        version
            .map(v -> !v.group(1).equals("1") || Integer.parseInt(v.group(2)) >= OLDEST_MINOR)
            .orElse(false);
    return recent
        ? Optional.empty()
        : Optional.of(
            name + " is built with Go 1.21 or newer; " + go.get() + " is older or does not run.");
  }

  @Override
  public void build(Path home, Path log, Progress progress)
      throws IOException, BuildFailedException {
    String go = machine.find("go").orElseThrow().toString();
    Path module = Files.createDirectories(home.resolve("module"));
    files.copy("go.mod", module);
    files.copy("go.sum", module);
    Map<String, String> environment =
        Map.of("GOBIN", home.resolve("bin").toString(), "GOWORK", "off");

    progress.say(name, "building with Go; the first time takes about " + duration);
    Path list = log.resolveSibling(name + "-packages.log");
    new BuildStep(
            name,
            List.of(go, "list", "-deps", "tool"),
            module,
            environment,
            lines -> "fetching sources")
        .run(list, progress);
    long packages = LogFile.lines(list);
    new BuildStep(
            name,
            List.of(go, "install", "-v", "-trimpath", "-ldflags", linking(), "tool"),
            module,
            environment,
            lines -> "compiled %d of at most %d packages".formatted(lines, packages))
        .run(log, progress);
    for (Map.Entry<String, String> entry : renamed.entrySet()) {
      Path bin = home.resolve("bin");
      Files.move(bin.resolve(entry.getKey()), bin.resolve(entry.getValue()));
    }
    progress.say(name, "built");
  }

  private String linking() {
    return ("-s -w " + files.textOrNothing(LINKING)).replaceAll("\\s+", " ").strip();
  }
}
