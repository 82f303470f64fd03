package io.tas.dbhub.activities.jdbc.net;

import java.util.regex.Pattern;

/** What a host may look like, so that no driver's and no resolver's special syntax gets through. */
final class HostSyntax {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
  private static final int LONGEST = 253;

  private HostSyntax() {}

  static boolean valid(String host) {
    return host.length() <= LONGEST
        && (NAME.matcher(host).matches() || IPV6.matcher(host).matches());
  }
}
