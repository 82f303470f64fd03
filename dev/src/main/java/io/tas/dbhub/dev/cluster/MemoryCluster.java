package io.tas.dbhub.dev.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A Kubernetes API server in this process, on a loopback port, with the controllers that
 * development needs.
 *
 * <p>Its objects live in memory and in a directory, one file each; a second start on the same
 * directory has the same objects. The token and the kubeconfig lie beside them, readable by their
 * owner only.
 */
public final class MemoryCluster implements AutoCloseable {

  private final Path directory;
  private final String token;
  private final ServingCertificate certificate;
  private final ApiServer server;
  private final GarbageCollector garbageCollector;
  private final DeploymentController deployments;

  private MemoryCluster(
      Path directory,
      String token,
      ServingCertificate certificate,
      ApiServer server,
      GarbageCollector garbageCollector,
      DeploymentController deployments) {
    this.directory = directory;
    this.token = token;
    this.certificate = certificate;
    this.server = server;
    this.garbageCollector = garbageCollector;
    this.deployments = deployments;
  }

  /**
   * Starts the server on what the directory holds; it is made when it is not there.
   *
   * @param port the loopback port; 0 picks a free one
   * @throws IOException when the port is taken or the directory cannot be used
   */
  public static MemoryCluster start(Path directory, int port) throws IOException {
    ObjectStore store = new ObjectStore(new ObjectFiles(directory));
    TypeRegistry types = new TypeRegistry(store);
    Objects objects = new Objects(store);
    Deletions deletions = new Deletions(store, types);
    String token = token(directory);
    new Bootstrap(store, types, objects).run();
    ResourceEndpoint resources = new ResourceEndpoint(store, types, objects, deletions);
    ServingCertificate certificate = ServingCertificate.in(directory, token);
    ApiServer server =
        new ApiServer(port, certificate.context(), token, new Discovery(types), resources);
    GarbageCollector garbageCollector = new GarbageCollector(store, types, deletions);
    DeploymentController deployments = new DeploymentController(store, types, objects, deletions);
    garbageCollector.start();
    deployments.start();
    MemoryCluster cluster =
        new MemoryCluster(directory, token, certificate, server, garbageCollector, deployments);
    cluster.writeKubeconfig(cluster.kubeconfig());
    return cluster;
  }

  /** Where the server answers: {@code https://127.0.0.1:PORT}. */
  public String url() {
    return "https://127.0.0.1:" + server.port();
  }

  /** The kubeconfig of this server's only user, who may do everything. */
  public Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  /**
   * The same as a configuration for the fabric8 client, independent of the machine's own
   * kubeconfig.
   */
  public Config clientConfig() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url())
        .withCaCertData(authority())
        .withOauthToken(token)
        .withNamespace("default")
        .withOnlyHttpWatches(true)
        .build();
  }

  /** Writes another copy of the kubeconfig, readable by its owner only. */
  public void writeKubeconfig(Path file) {
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: dbhub-dev
          cluster:
            server: "%s"
            certificate-authority-data: "%s"
        users:
        - name: dbhub-dev
          user:
            token: "%s"
        contexts:
        - name: dbhub-dev
          context:
            cluster: dbhub-dev
            user: dbhub-dev
            namespace: default
        current-context: dbhub-dev
        """
            .formatted(url(), authority(), token);
    Path scratch = file.resolveSibling(file.getFileName() + ".tmp");
    ObjectFiles.writePrivate(file, scratch, text.getBytes(StandardCharsets.UTF_8));
  }

  private String authority() {
    byte[] pem = certificate.authority().getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(pem);
  }

  private static String token(Path directory) throws IOException {
    Path file = directory.resolve("token");
    if (Files.exists(file)) {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    ObjectFiles.writePrivate(
        file, directory.resolve("token.tmp"), token.getBytes(StandardCharsets.UTF_8));
    return token;
  }

  /** Stops answering; what was answered before is stored. */
  @Override
  public void close() {
    server.close();
    deployments.close();
    garbageCollector.close();
  }
}
