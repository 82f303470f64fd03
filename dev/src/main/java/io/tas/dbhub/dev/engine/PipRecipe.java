package io.tas.dbhub.dev.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Python packages in exactly the versions that {@code requirements.txt} names, already built, and a
 * script that runs with them. They lie in a folder of their own: an environment of Python's would
 * know its place, and the folder is renamed after the build.
 *
 * @param script runs under the machine's Python, and under its own name without the ending
 */
record PipRecipe(String name, ToolFiles files, Executables machine, String script)
    implements Recipe {
  private static final String REQUIREMENTS = "requirements.txt";

  @Override
  public String pins() {
    return files.text(REQUIREMENTS) + files.text(script);
  }

  @Override
  public Optional<String> obstacle() {
    return machine.find("python3").isPresent()
        ? Optional.empty()
        : Optional.of(
            name + " needs Python, and there is no `python3` on the PATH. Install it with pip.");
  }

  @Override
  public void build(Path home, Path log, Progress progress)
      throws IOException, BuildFailedException {
    files.copy(REQUIREMENTS, home);
    files.copy(script, home);
    String python = machine.find("python3").orElseThrow().toString();
    new BuildStep(
            name,
            List.of(
                python,
                "-m",
                "pip",
                "install",
                "--no-deps",
                "--only-binary=:all:",
                "--target=lib",
                "--requirement=" + REQUIREMENTS),
            home,
            Map.of(),
            lines -> "installing packages")
        .run(log, progress);
    Path command = home.resolve("bin").resolve(script.substring(0, script.lastIndexOf('.')));
    Files.writeString(
        command,
        """
        #!/bin/sh
        home=$(cd "$(dirname "$0")/.." && pwd)
        PYTHONPATH="$home/lib" exec "%s" "$home/%s" "$@"
        """
            .formatted(python, script));
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    progress.say(name, "installed");
  }
}
