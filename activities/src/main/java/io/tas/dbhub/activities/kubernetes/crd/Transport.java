package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The transports that manifests may name. */
public enum Transport {
  @JsonProperty("http")
  HTTP,
  @JsonProperty("sse")
  SSE,
  @JsonProperty("stdio")
  STDIO
}
