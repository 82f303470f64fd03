package io.tas.dbhub.dev.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real Kubernetes control plane: etcd, API server with RBAC, and the controllers that turn
 * Deployments into Pods and collect garbage. No node: Pods stay Pending unless something runs them.
 * A restart in the same directory finds the same objects, users and tokens.
 */
public final class KubernetesServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final String ADMIN = "admin";
  private static final String API = "kube-apiserver";

  /** Its place among the processes. */
  private static final int API_PROCESS = 1;

  private static final String CONTROLLERS =
      "garbage-collector-controller,deployment-controller,replicaset-controller,"
          + "serviceaccount-controller,namespace-controller";

  private static final String AUDIT_POLICY =
      """
      {"apiVersion": "audit.k8s.io/v1", "kind": "Policy",
       "omitStages": ["RequestReceived", "ResponseStarted"],
       "rules": [{"level": "Metadata"}]}
      """;

  private final KubernetesFiles files;
  private final Settings settings;
  private final Program.Installed program;
  private final List<ChildProcess> processes = new CopyOnWriteArrayList<>();

  /**
   * How to run it.
   *
   * @param directory keeps everything
   * @param users who gets a token beside the administrator
   * @param audited whether every request is written down, in {@link #auditLog()}
   */
  public record Settings(
      Path directory,
      int apiPort,
      int etcdPort,
      int etcdPeerPort,
      List<KubernetesUser> users,
      boolean audited) {
    /** Of one that writes no request down. */
    public Settings(
        Path directory, int apiPort, int etcdPort, int etcdPeerPort, List<KubernetesUser> users) {
      this(directory, apiPort, etcdPort, etcdPeerPort, users, false);
    }
  }

  private KubernetesServer(Program.Installed program, Settings settings) {
    this.program = program;
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
    KubernetesServer server = new KubernetesServer(program, settings);
    try {
      server.startAll();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void startAll() {
    List<KubernetesUser> everybody = new ArrayList<>(settings.users());
    everybody.add(new KubernetesUser(ADMIN, List.of("system:masters")));
    files.prepare(everybody);

    processes.add(run("etcd", etcd()));
    ChildProcess api = run(API, apiServer());
    processes.add(api);
    KubernetesProbe probe = awaitAnswers(api);
    kubeconfig(ADMIN, adminKubeconfig());

    ChildProcess controllers = run("kube-controller-manager", controllerManager());
    processes.add(controllers);
    controllers.awaitReady(
        START, () -> probe.answers("/api/v1/namespaces/default/serviceaccounts/default"));
  }

  private KubernetesProbe awaitAnswers(ChildProcess api) {
    api.awaitReady(START, () -> Files.exists(files.certificate()));
    KubernetesProbe probe = new KubernetesProbe(url(), files.certificate(), token(ADMIN));
    api.awaitReady(START, () -> probe.answers("/readyz"));
    return probe;
  }

  private ChildProcess run(String name, List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of(program.executable(name).toString()));
    argv.addAll(arguments);
    return ChildProcess.start(new ChildProcess.Command(name, argv, Map.of(), settings.directory()));
  }

  /** Ends the API server alone, as a crash would; what it held is in etcd. */
  public void killApi() {
    processes.get(API_PROCESS).kill();
  }

  /** Starts the API server again after {@link #killApi}. Returns when it answers. */
  public void restartApi() {
    processes.get(API_PROCESS).close();
    ChildProcess api = run(API, apiServer());
    processes.set(API_PROCESS, api);
    awaitAnswers(api);
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
    List<String> arguments = new ArrayList<>(apiServerWithoutAudit());
    if (settings.audited()) {
      Path policy = settings.directory().resolve("audit-policy.json");
      SecretFile.write(policy, AUDIT_POLICY);
      arguments.add("--audit-policy-file=" + policy);
      arguments.add("--audit-log-path=" + auditLog());
      // Megabytes; so many that it is one file.
      arguments.add("--audit-log-maxsize=10000");
    }
    return arguments;
  }

  private List<String> apiServerWithoutAudit() {
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
        // As some distributions have it, so that it is known what their users need.
        "--enable-admission-plugins=OwnerReferencesPermissionEnforcement",
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

  /** A JSON object for each request that was answered, where they are written down. */
  public Path auditLog() {
    return settings.directory().resolve("audit.log");
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
