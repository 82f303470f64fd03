package io.tas.dbhub.systemtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks for secrets: plain, URL-encoded, base64 at any offset, and escaped as in JSON. */
final class Leaks {
  private final Set<String> forms = new TreeSet<>();

  Leaks(Collection<String> secrets) {
    secrets.forEach(
        secret -> {
          forms.add(secret);
          forms.add(URLEncoder.encode(secret, UTF_8));
          forms.add(URLEncoder.encode(secret, UTF_8).replace("+", "%20"));
          forms.add(String.valueOf(JsonStringEncoder.getInstance().quoteAsString(secret)));
          forms.addAll(base64(secret));
        });
  }

  /**
   * @param places that leak are added to it
   */
  void look(String place, byte[] text, List<String> places) {
    look(place, new String(text, ISO_8859_1), places);
  }

  void look(String place, String text, List<String> places) {
    // Which secret it is stays untold: the report of a test is a log as well.
    forms.stream()
        .mapToInt(text::indexOf)
        .filter(at -> at >= 0)
        .findFirst()
        .ifPresent(at -> places.add(place + " at character " + at));
  }

  /** Somewhere inside a longer text: only the digits that no neighbour has a share in. */
  private static List<String> base64(String secret) {
    return List.of(0, 1, 2).stream()
        .map(
            before -> {
              byte[] bytes = ("x".repeat(before) + secret).getBytes(UTF_8);
              String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
              int from = before == 0 ? 0 : before + 1;
              int to = bytes.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
              return encoded.substring(from, to);
            })
        .toList();
  }
}
