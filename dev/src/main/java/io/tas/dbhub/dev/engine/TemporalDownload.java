package io.tas.dbhub.dev.engine;

import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.internal.devserver.TemporalDevServerDownloader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Temporal CLI as Temporal publishes it, fetched by the SDK's support for dev servers
 * (experimental there): for machines without Go that reach the internet. The same version as the
 * one that Go builds.
 */
record TemporalDownload(ToolFiles files) implements Recipe {
  private static final Pattern PIN = Pattern.compile("github\\.com/temporalio/cli (v\\S+)");

  @Override
  public String name() {
    return "temporal-download";
  }

  @Override
  public String pins() {
    Matcher pin = PIN.matcher(files.text("go.mod"));
    if (!pin.find()) {
      throw new EngineException("tools/temporal/go.mod names no version of the Temporal CLI");
    }
    return pin.group(1);
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  public void build(Path home, Path log, Progress progress)
      throws IOException, BuildFailedException {
    progress.say(name(), "downloading Temporal CLI " + pins());
    Path downloaded;
    try {
      downloaded =
          TemporalDevServerDownloader.prepare(
              TemporalDevServerOptions.newBuilder()
                  .setDownloadVersion(pins())
                  .setDownloadDestination(home.resolve("download").toString())
                  .build());
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BuildFailedException("The Temporal CLI could not be downloaded: " + cause);
    }
    Files.move(downloaded, home.resolve("bin").resolve("temporal"));
  }
}
