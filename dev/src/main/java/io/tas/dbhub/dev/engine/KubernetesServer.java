package io.tas.dbhub.dev.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real Kubernetes control plane: etcd, API server with RBAC, and the controllers that turn
 * Deployments into Pods and collect garbage. No node: Pods stay Pending unless something runs them.
 * A restart in the same directory finds the same objects, users and tokens.
 */
public final class KubernetesServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final String ADMIN = "admin";
  private static final String CONTROLLERS =
      "garbage-collector-controller,deployment-controller,replicaset-controller,"
          + "serviceaccount-controller,namespace-controller";

  private final KubernetesFiles files;
  private final Settings settings;
  private final List<ChildProcess> processes = new ArrayList<>();

  /**
   * How to run it.
   *
   * @param directory keeps everything
   * @param users who gets a token beside the administrator
   */
  public record Settings(
      Path directory, int apiPort, int etcdPort, int etcdPeerPort, List<KubernetesUser> users) {}

  private KubernetesServer(Settings settings) {
    this.settings = settings;
    this.files =
        new KubernetesFiles(settings.directory(), "https://127.0.0.1:" + settings.apiPort());
  }

  /**
   * Returns when the API answers and Pods can be created in the namespace {@code default}.
   *
   * @throws EngineException when one of its processes does not start; then none is left
   */
  public static KubernetesServer start(Program.Installed program, Settings settings) {
    KubernetesServer server = new KubernetesServer(settings);
    try {
      server.startAll(program);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void startAll(Program.Installed program) {
    List<KubernetesUser> everybody = new ArrayList<>(settings.users());
    everybody.add(new KubernetesUser(ADMIN, List.of("system:masters")));
    files.prepare(everybody);

    run(program, "etcd", etcd());
    ChildProcess api = run(program, "kube-apiserver", apiServer());
    api.awaitReady(START, () -> Files.exists(files.certificate()));
    KubernetesProbe probe = new KubernetesProbe(url(), files.certificate(), token(ADMIN));
    api.awaitReady(START, () -> probe.answers("/readyz"));
    kubeconfig(ADMIN, adminKubeconfig());

    run(program, "kube-controller-manager", controllerManager())
        .awaitReady(
            START, () -> probe.answers("/api/v1/namespaces/default/serviceaccounts/default"));
  }

  private ChildProcess run(Program.Installed program, String name, List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of(program.executable(name).toString()));
    argv.addAll(arguments);
    ChildProcess process =
        ChildProcess.start(new ChildProcess.Command(name, argv, Map.of(), settings.directory()));
    processes.add(process);
    return process;
  }

  private List<String> etcd() {
    String client = "http://127.0.0.1:" + settings.etcdPort();
    String peer = "http://127.0.0.1:" + settings.etcdPeerPort();
    return List.of(
        "--data-dir=" + settings.directory().resolve("etcd"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        // Guards against a crash of the machine only, and costs most of the time of a write.
        "--unsafe-no-fsync",
        "--log-level=warn");
  }

  private List<String> apiServer() {
    return List.of(
        "--etcd-servers=http://127.0.0.1:" + settings.etcdPort(),
        "--cert-dir=" + files.certificate().getParent(),
        "--secure-port=" + settings.apiPort(),
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-signing-key-file=" + files.serviceAccountKey(),
        "--service-account-key-file=" + files.serviceAccountKey(),
        "--service-cluster-ip-range=10.96.0.0/16",
        "--authorization-mode=RBAC",
        "--token-auth-file=" + files.tokens());
  }

  private List<String> controllerManager() {
    return List.of(
        "--kubeconfig=" + adminKubeconfig(),
        "--service-account-private-key-file=" + files.serviceAccountKey(),
        "--leader-elect=false",
        "--secure-port=0",
        "--controllers=" + CONTROLLERS);
  }

  /** Address of the API. */
  public String url() {
    return files.url();
  }

  /** For the administrator, whom RBAC does not restrict. */
  public Path adminKubeconfig() {
    return settings.directory().resolve("admin.kubeconfig");
  }

  /**
   * Writes a kubeconfig for a user who was named at the start.
   *
   * @return the file
   */
  public Path kubeconfig(String user, Path file) {
    SecretFile.write(file, files.kubeconfig(user));
    return file;
  }

  /** The bearer token of a user who was named at the start. */
  public String token(String user) {
    return files.token(user);
  }

  /** In the order of their start: etcd, API server, controller manager. */
  public List<ChildProcess> processes() {
    return List.copyOf(processes);
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }
}
