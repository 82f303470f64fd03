package io.tas.dbhub.api.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.ee10.servlet.ErrorHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Problem documents for what never reaches a resource: Jetty's own refusals. */
public final class FrameProblems extends ErrorHandler {
  private final ObjectMapper json;

  public FrameProblems(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  /** Message and cause are left out: they quote the request. */
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    Refusal refusal = Refusal.of(status);
    String id = response.getHeaders().get(RequestIds.HEADER);
    if (id == null) {
      id = UUID.randomUUID().toString();
      response.getHeaders().put(RequestIds.HEADER, id);
    }
    Problem problem =
        Problem.of(
            status,
            refusal.code(),
            refusal.detail(),
            String.valueOf(request.getHttpURI().getPath()),
            id);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.write(true, ByteBuffer.wrap(bytes(problem)), callback);
  }

  private byte[] bytes(Problem problem) {
    try {
      return json.writeValueAsBytes(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem cannot be written", e);
    }
  }
}
