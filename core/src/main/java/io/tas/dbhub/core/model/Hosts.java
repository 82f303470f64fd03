package io.tas.dbhub.core.model;

import java.util.List;
import java.util.regex.Pattern;

/** Hostnames (RFC 1123) and IP addresses, told apart without asking a name server. */
final class Hosts {
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
  private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");
  private static final int MAX_NAME = 253;
  private static final int GROUPS = 8;

  private Hosts() {}

  static boolean valid(String host) {
    return host.indexOf(':') >= 0 ? ipv6(host) : ipv4(host) || hostname(host);
  }

  /** An IPv6 address without the brackets it wears in URLs; anything else as it is. */
  static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") && host.length() > 2
        ? host.substring(1, host.length() - 1)
        : host;
  }

  private static boolean hostname(String host) {
    if (host.isEmpty() || host.length() > MAX_NAME) {
      return false;
    }
    List<String> labels = split(host, '.');
    // Resolvers read a name that ends in a number as an address: 127.1, 0x7f000001, 2130706433.
    return labels.stream().allMatch(label -> LABEL.matcher(label).matches())
        && !NUMBER.matcher(labels.get(labels.size() - 1)).matches();
  }

  private static boolean ipv4(String host) {
    List<String> bytes = split(host, '.');
    return bytes.size() == 4
        && bytes.stream().allMatch(b -> BYTE.matcher(b).matches() && Integer.parseInt(b) <= 255);
  }

  private static boolean ipv6(String host) {
    int gap = host.indexOf("::");
    if (gap < 0) {
      return groups(host) == GROUPS;
    }
    String before = host.substring(0, gap);
    String after = host.substring(gap + 2);
    if (before.indexOf('.') >= 0) {
      return false;
    }
    int left = before.isEmpty() ? 0 : groups(before);
    int right = after.isEmpty() ? 0 : groups(after);
    return left >= 0 && right >= 0 && left + right < GROUPS;
  }

  /** How many groups of 16 bits a part of an IPv6 address has; negative when it is none. */
  private static int groups(String part) {
    List<String> groups = split(part, ':');
    int count = 0;
    for (int i = 0; i < groups.size(); i++) {
      String group = groups.get(i);
      if (i == groups.size() - 1 && ipv4(group)) {
        count += 2;
      } else if (GROUP.matcher(group).matches()) {
        count++;
      } else {
        return Integer.MIN_VALUE / 2;
      }
    }
    return count;
  }

  private static List<String> split(String text, char separator) {
    return List.of(text.split(Pattern.quote(String.valueOf(separator)), -1));
  }
}
