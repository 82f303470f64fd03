package io.tas.dbhub.dev.system;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.node.ContainerImage;
import io.tas.dbhub.dev.node.LocalNode;
import io.tas.dbhub.dev.node.ServiceProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This machine as the cluster's node: runs DBHub's Pods as processes and answers for Services. */
public final class Pods implements AutoCloseable {
  private static final String DBHUB = "bytebase/dbhub:";
  private static final String NODE = "this-machine";

  private final LocalNode node;
  private final ServiceProxy proxy;

  private Pods(LocalNode node, ServiceProxy proxy) {
    this.node = node;
    this.proxy = proxy;
  }

  /**
   * @param port where the control plane's own DBHub instance answers
   */
  public static Pods run(
      KubernetesClient kubernetes, Program.Installed dbhub, Path directory, int port) {
    ContainerImage image =
        new ContainerImage(
            List.of(dbhub.executable("dbhub").toString()), Map.of("DBHUB_HOST", "$(POD_IP)"));
    ServiceProxy proxy =
        new ServiceProxy(
            kubernetes,
            directory.resolve("services"),
            Map.of(ClusterEngine.NAMESPACE + "/" + ClusterEngine.INSTANCE, port));
    LocalNode node =
        new LocalNode(
            kubernetes,
            NODE,
            directory,
            name -> name.startsWith(DBHUB) ? Optional.of(image) : Optional.empty(),
            proxy);
    Pods pods = new Pods(node, proxy);
    try {
      proxy.start();
      node.start();
      return pods;
    } catch (IOException e) {
      pods.close();
      throw new EngineException("The node that runs DBHub did not start", e);
    }
  }

  @Override
  public void close() {
    node.close();
    proxy.close();
  }
}
