package io.tas.dbhub.dev;

import io.tas.dbhub.dev.engine.ChildProcess;
import io.tas.dbhub.dev.engine.DirectoryLock;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.SystemSettings;
import io.tas.dbhub.dev.system.SystemSettings.Kubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole control plane on this machine until Ctrl-C. */
@Command(
    name = "bin/up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the whole control plane on this machine until Ctrl-C: API, worker, Temporal, Kubernetes"
          + " API, Neo4j, DBHub and two sample databases, and connects the samples through REST.",
      "Data, logs and addresses are kept in .dbhub/: the next bin/up resumes them."
    })
public final class Up implements Callable<Integer> {
  @Option(names = "--fresh", description = "Forget everything kept in .dbhub/ and start over.")
  private boolean fresh;

  @Option(names = "--no-samples", description = "Make no sample databases.")
  private boolean noSamples;

  @Option(
      names = "--real-kubernetes",
      description = "Run the real Kubernetes API server (built with Go the first time).")
  private boolean realKubernetes;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Use this cluster. Where it has no nodes, DBHub runs on this machine.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where data is kept (default: .dbhub).")
  private @Nullable Path data;

  @Mixin private UpPorts ports = new UpPorts();

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Up())
            .setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                  if (!(failure instanceof EngineException)) {
                    throw failure;
                  }
                  System.err.println();
                  System.err.println(failure.getMessage());
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (realKubernetes && kubeconfig != null) {
      throw new EngineException("Choose one of --real-kubernetes and --kubeconfig.");
    }
    Path directory = data == null ? Path.of(".dbhub").toAbsolutePath() : asGiven(data);
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (DirectoryLock held = DirectoryLock.take(directory)) {
      ChildProcess.stopLeftovers(directory);
      if (fresh) {
        forget(directory);
      }
      UpPorts.Choice chosen = ports.choose(directory, !noSamples);
      Steps steps = new Steps(System.out);
      Programs programs = Programs.standard(System.out);
      try (LocalSystem system = LocalSystem.start(settings(directory, chosen), programs, steps)) {
        FirstSteps first = new FirstSteps(system, steps, System.out);
        if (noSamples) {
          first.showAddresses();
        } else {
          first.connectSamples(chosen.postgres());
        }
        system.awaitStop();
      }
    }
    return 0;
  }

  /** Relative to where the person stands, who need not be where the project is. */
  private static Path asGiven(Path path) {
    return Path.of(System.getProperty("invoked.from", ""))
        .resolve(path)
        .toAbsolutePath()
        .normalize();
  }

  private SystemSettings settings(Path directory, UpPorts.Choice chosen) {
    Kubernetes kind =
        kubeconfig != null
            ? Kubernetes.EXISTING
            : realKubernetes ? Kubernetes.REAL : Kubernetes.IN_MEMORY;
    return new SystemSettings(
        directory,
        kind,
        Optional.ofNullable(kubeconfig).map(Up::asGiven),
        chosen.system(),
        Map.of(),
        List.of());
  }

  /** Only in a directory that an earlier run made, and not its lock, which is held. */
  private static void forget(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> found = files.sorted(Comparator.reverseOrder()).toList();
      Path lock = directory.resolve("lock");
      boolean ours = Files.exists(directory.resolve(UpPorts.FILE));
      if (!ours && found.stream().anyMatch(f -> !f.equals(directory) && !f.equals(lock))) {
        throw new EngineException(
            directory + " holds files that bin/up did not make; --fresh does not delete them.");
      }
      for (Path file : found) {
        if (!file.equals(directory) && !file.equals(lock)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
