package io.tas.dbhub.dev.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An address of its own for each Pod, so that many may listen on the same port. Linux answers on
 * all of 127.0.0.0/8; where a system does not, every Pod has 127.0.0.1 and ports may clash.
 */
final class LoopbackAddresses {

  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final SecureRandom random = new SecureRandom();
  private final boolean many = answers("127.64.0.1");

  String take() {
    if (!many) {
      return "127.0.0.1";
    }
    while (true) {
      String address =
          "127."
              + (64 + random.nextInt(190))
              + "."
              + random.nextInt(256)
              + "."
              + (1 + random.nextInt(254));
      if (taken.add(address)) {
        return address;
      }
    }
  }

  void release(String address) {
    taken.remove(address);
  }

  private static boolean answers(String address) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
