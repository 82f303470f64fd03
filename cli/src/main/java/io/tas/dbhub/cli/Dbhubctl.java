package io.tas.dbhub.cli;

import io.tas.dbhub.cli.batches.BatchesCommand;
import io.tas.dbhub.cli.config.GlobalOptions;
import io.tas.dbhub.cli.databases.DatabasesCommand;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.login.LoginCommand;
import io.tas.dbhub.cli.login.LogoutCommand;
import io.tas.dbhub.cli.login.StatusCommand;
import io.tas.dbhub.cli.operations.OperationsCommand;
import io.tas.dbhub.cli.schedules.SchedulesCommand;
import io.tas.dbhub.cli.search.SearchCommand;
import io.tas.dbhub.cli.session.Session;
import io.tas.dbhub.cli.session.Surroundings;
import io.tas.dbhub.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line of the control plane. */
@Command(
    name = Dbhubctl.NAME,
    description = "Keeps database connections: a command line over the control plane's REST API.",
    versionProvider = Dbhubctl.Version.class)
public final class Dbhubctl {
  static final String NAME = "dbhubctl";

  @Mixin private final GlobalOptions options = new GlobalOptions();

  private Dbhubctl() {}

  public static void main(String[] args) {
    // Later JVMs answer a console also where there is no terminal, which would be asked for
    // passwords.
    System.setProperty("jdk.console", "java.base");
    System.exit(run(Surroundings.ofProcess(), args));
  }

  /** Does what the arguments say; the exit code. */
  public static int run(Surroundings surroundings, String... args) {
    Dbhubctl root = new Dbhubctl();
    Terminal terminal = surroundings.terminal();
    Failures failures = new Failures(terminal, root.options);
    CommandLine line = root.commandLine(surroundings, failures);
    StringWriter help = new StringWriter();
    line.setOut(new PrintWriter(help, true));
    int exit = line.execute(args);
    try {
      terminal.text(help.toString());
      terminal.flush();
      return exit;
    } catch (UncheckedIOException e) {
      return failures.tell(e);
    }
  }

  private CommandLine commandLine(Surroundings surroundings, Failures failures) {
    Session session = new Session(surroundings, options);
    CommandLine line = new CommandLine(this);
    line.addSubcommand(new LoginCommand(session))
        .addSubcommand(new LogoutCommand(session))
        .addSubcommand(new StatusCommand(session))
        .addSubcommand(DatabasesCommand.with(session))
        .addSubcommand(OperationsCommand.with(session))
        .addSubcommand(BatchesCommand.with(session))
        .addSubcommand(SchedulesCommand.with(session))
        .addSubcommand(new SearchCommand(session))
        .addSubcommand(new CompletionCommand(surroundings.terminal(), () -> line))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(
            Help.defaultColorScheme(
                surroundings.terminal().screen().colors() ? Help.Ansi.ON : Help.Ansi.OFF));
    helpful(line, true);
    return line;
  }

  /** What is the same for all commands is told once, by the root's help. */
  private static void helpful(CommandLine line, boolean root) {
    line.getCommandSpec().mixinStandardHelpOptions(true);
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.abbreviateSynopsis(true);
    usage.sortOptions(false);
    if (root) {
      Map<String, String> codes = new LinkedHashMap<>();
      Arrays.stream(ExitCode.values())
          .forEach(code -> codes.put(" " + code.code(), code.meaning()));
      usage.exitCodeListHeading("Exit codes:%n");
      usage.exitCodeList(codes);
    } else {
      line.getHelpSectionMap()
          .put(
              UsageMessageSpec.SECTION_KEY_OPTION_LIST,
              help ->
                  help.optionListExcludingGroups(
                          help.commandSpec().options().stream()
                              .filter(option -> !option.inherited())
                              .toList())
                      + help.optionListGroupSections());
      usage.footer("%nFor all commands: " + NAME + " --help");
    }
    line.getSubcommands().values().stream().distinct().forEach(sub -> helpful(sub, false));
  }

  /** Told by the jar's manifest; classes that were not packaged have none. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Dbhubctl.class.getPackage().getImplementationVersion();
      return new String[] {NAME + " " + (version == null ? "from a checkout" : version)};
    }
  }
}
