package io.tas.dbhub.activities.jdbc.net;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a driver's socket factory meets the probe's pin. Drivers make their factories themselves,
 * from a class name and at most a string, so this meeting place has to be static; a pin is here
 * only while its probe runs.
 */
final class Pins {
  private static final Map<String, Pin> OPEN = new ConcurrentHashMap<>();

  private Pins() {}

  static void put(Pin pin) {
    OPEN.put(pin.token(), pin);
  }

  static void remove(Pin pin) {
    OPEN.remove(pin.token());
  }

  /**
   * @throws IllegalStateException when the probe is over
   */
  static Pin get(String token) {
    Pin pin = OPEN.get(token);
    if (pin == null) {
      throw new IllegalStateException("the probe is over");
    }
    return pin;
  }
}
