package io.tas.dbhub.dev;

import io.tas.dbhub.dev.engine.ChildProcess;
import io.tas.dbhub.dev.engine.KubernetesServer;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.engine.SecretFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the engines that tests below {@code dev} cannot start themselves, until its input ends: a
 * real Kubernetes API server, and an installed DBHub. Writes the system properties that those tests
 * take into a file, empty where an engine cannot be had; {@code bin/test} hands them to Maven.
 */
public final class RealEngines {
  private RealEngines() {}

  /**
   * @param args the directory to work in
   */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]).toAbsolutePath();
    Programs programs = Programs.standard(System.out);
    ChildProcess.stopLeftovers(directory);
    StringBuilder properties = new StringBuilder();
    if (programs.dbhub() instanceof Program.Installed dbhub) {
      properties.append("-Ddbhub.home=").append(dbhub.home()).append('\n');
    }
    Ports ports = new Ports();
    if (programs.kubernetes() instanceof Program.Installed kubernetes) {
      try (KubernetesServer server =
          KubernetesServer.start(
              kubernetes,
              new KubernetesServer.Settings(
                  directory, ports.free(), ports.free(), ports.free(), List.of()))) {
        properties.append("-Dkubernetes.kubeconfig=").append(server.adminKubeconfig()).append('\n');
        announceAndWait(directory, properties.toString());
      }
    } else {
      announceAndWait(directory, properties.toString());
    }
  }

  private static void announceAndWait(Path directory, String properties) throws Exception {
    SecretFile.write(directory.resolve("properties"), properties);
    while (System.in.read() >= 0) {
      // Whoever holds our input still needs the engines.
    }
  }
}
