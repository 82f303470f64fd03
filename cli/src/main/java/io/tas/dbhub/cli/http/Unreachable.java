package io.tas.dbhub.cli.http;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Says in words why there is no answer. */
final class Unreachable {
  private Unreachable() {}

  /** Whether the request cannot have reached the server. */
  static boolean before(IOException e) {
    return e instanceof ConnectException
        || e instanceof HttpConnectTimeoutException
        || e instanceof SSLException;
  }

  static CommandFailure failure(IOException e, String server, String source, String requestId) {
    List<String> details = new ArrayList<>();
    String message;
    if (e instanceof SSLException) {
      message = "No safe connection to " + server + " can be made: " + reason(e) + ".";
      details.add(
          "What to do: where the server has a certificate of your own authority, name it with"
              + " --ca-file.");
    } else if (unresolved(e)) {
      message = "The host of " + server + " is not known.";
      details.add("What to do: check the URL, which comes from " + source + ".");
    } else if (before(e)) {
      message = "Nothing answers at " + server + ".";
      details.add(
          source.startsWith("bin/up")
              ? "What to do: start it with bin/up."
              : "What to do: check that the server runs, and the URL, which comes from "
                  + source
                  + ".");
    } else if (e instanceof HttpTimeoutException) {
      message = server + " did not answer in time.";
      details.add("It may have done what was asked: look before you repeat it.");
    } else {
      message = "The connection to " + server + " broke off.";
      details.add("It may have done what was asked: look before you repeat it.");
    }
    if (!before(e)) {
      details.add("Request: " + requestId);
    }
    return new CommandFailure(ExitCode.UNAVAILABLE, message, details);
  }

  private static String reason(IOException e) {
    String reason = e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  private static boolean unresolved(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }
}
