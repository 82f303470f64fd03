package io.tas.dbhub.api.errors;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** Gives every request an id: the caller's own if it is harmless, else a fresh one. */
public final class RequestIds implements Filter {
  public static final String HEADER = "X-Request-ID";
  static final String ATTRIBUTE = RequestIds.class.getName();

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final String MDC_KEY = "request_id";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String sent = ((HttpServletRequest) request).getHeader(HEADER);
    String id =
        sent != null && HARMLESS.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    request.setAttribute(ATTRIBUTE, id);
    ((HttpServletResponse) response).setHeader(HEADER, id);
    try (MDC.MDCCloseable closed = MDC.putCloseable(MDC_KEY, id)) {
      chain.doFilter(request, response);
    }
  }

  /** The id of a request that passed the filter. */
  static String of(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(ATTRIBUTE));
  }
}
