package io.tas.dbhub.worker;

import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import io.tas.dbhub.core.sealing.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** Makes the key sets that API and workers share, once, before the first installation. */
final class KeysCommand extends Command {
  private static final String FOLDER = "folder";

  KeysCommand() {
    super("keys", "writes fresh key sets into a folder; those that are there are kept");
  }

  @Override
  public void configure(Subparser subparser) {
    subparser.addArgument(FOLDER).help("where sealing.json and tokens.json are to be");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) throws IOException {
    KeyRing.generate(Path.of(arguments.getString(FOLDER)));
  }
}
