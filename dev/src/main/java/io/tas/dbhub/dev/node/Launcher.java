package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Starts the process of a container: volumes, environment, command, log file. */
final class Launcher {

  private static final String ALL_ADDRESSES = "0.0.0.0";

  private final ImageCatalogue images;
  private final Volumes volumes;
  private final ContainerEnvironment environments;
  private final Path logs;

  Launcher(ImageCatalogue images, Volumes volumes, Path logs) {
    this.images = images;
    this.volumes = volumes;
    this.environments = new ContainerEnvironment(volumes);
    this.logs = logs;
  }

  ContainerProcess start(Pod pod, Container container, Path folder, String podIp)
      throws NotYet, IOException {
    ContainerImage image =
        images
            .find(container.getImage())
            .orElseThrow(
                () ->
                    new NotYet(
                        "ErrImagePull", "no program for image \"" + container.getImage() + "\""));
    Map<String, Path> places = volumes.write(pod, PrivateFiles.folder(folder.resolve("volumes")));
    PathMapping paths = Volumes.mapping(container.getVolumeMounts(), places);
    Map<String, String> environment = environments.of(pod, container, image, podIp);

    // An image's own command is a program of this machine already, even below a path that the
    // container mounts over, such as /tmp.
    List<String> command =
        new ArrayList<>(container.getCommand().isEmpty() ? image.command() : List.of());
    for (String word :
        Stream.concat(container.getCommand().stream(), container.getArgs().stream()).toList()) {
      command.add(here(ContainerEnvironment.expand(word, environment), paths, podIp));
    }
    if (command.isEmpty()) {
      throw new NotYet("CreateContainerError", "no command specified");
    }

    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> own = builder.environment();
    Map<String, String> machine = new TreeMap<>(own);
    own.clear();
    for (String kept : List.of("PATH", "LANG", "LC_ALL", "TZ")) {
      if (machine.containsKey(kept)) {
        own.put(kept, machine.get(kept));
      }
    }
    own.put("HOME", PrivateFiles.folder(folder.resolve("home")).toString());
    own.put("TMPDIR", PrivateFiles.folder(folder.resolve("tmp")).toString());
    environment.forEach((name, value) -> own.put(name, here(value, paths, podIp)));
    String directory = container.getWorkingDir();
    Path home = directory == null ? folder : Path.of(paths.rewrite(directory));
    builder.directory((home.toFile().isDirectory() ? home : folder).toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(pod, container).toFile()));
    return ContainerProcess.start(builder, folder, container.getName());
  }

  /** Where the output of a container goes. */
  Path log(Pod pod, Container container) {
    String name =
        pod.getMetadata().getNamespace()
            + "_"
            + pod.getMetadata().getName()
            + "_"
            + container.getName()
            + ".log";
    return PrivateFiles.touch(logs.resolve(name));
  }

  /** In a container all addresses are the Pod's; here they would be everybody's. */
  private static String here(String text, PathMapping paths, String podIp) {
    if (text.equals(ALL_ADDRESSES) || text.startsWith(ALL_ADDRESSES + ":")) {
      return podIp + text.substring(ALL_ADDRESSES.length());
    }
    if (text.endsWith("=" + ALL_ADDRESSES)) {
      return text.substring(0, text.length() - ALL_ADDRESSES.length()) + podIp;
    }
    return paths.rewrite(text);
  }
}
