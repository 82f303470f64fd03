package io.tas.dbhub.dev.system;

import io.tas.dbhub.dev.engine.Ports;

/** The loopback ports of everything. */
public record SystemPorts(
    Ports all,
    int api,
    int worker,
    int temporal,
    int temporalUi,
    int kubernetes,
    int neo4j,
    int dbhub) {

  /** Free ones, for a system nobody has to find. */
  public static SystemPorts free() {
    Ports ports = new Ports();
    return new SystemPorts(
        ports,
        ports.free(),
        ports.free(),
        ports.free(),
        ports.free(),
        ports.free(),
        ports.free(),
        ports.free());
  }
}
