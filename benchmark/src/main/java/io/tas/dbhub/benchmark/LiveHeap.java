package io.tas.dbhub.benchmark;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.tas.dbhub.dev.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a JVM on this machine has in use. Garbage is collected before each look: how much of it lies
 * about says something about the size of the heap, and nothing about what runs in it.
 */
final class LiveHeap implements AutoCloseable {
  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final List<MemoryPoolMXBean> pools;
  private final long before;
  private long most;

  @SuppressWarnings("BanJNDI") // The address is what a process of ours just told.
  LiveHeap(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
      memory =
          ManagementFactory.newPlatformMXBeanProxy(
              connector.getMBeanServerConnection(),
              ManagementFactory.MEMORY_MXBEAN_NAME,
              MemoryMXBean.class);
      pools =
          ManagementFactory.getPlatformMXBeans(
                  connector.getMBeanServerConnection(), MemoryPoolMXBean.class)
              .stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .toList();
    } catch (AttachNotSupportedException e) {
      throw new EngineException("The JVM does not let itself be looked into", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    before = used();
    most = before;
  }

  void look() {
    most = Math.max(most, used());
  }

  /** As it was right after the collection: until somebody asks there is garbage again. */
  private long used() {
    memory.gc();
    return pools.stream()
        .map(MemoryPoolMXBean::getCollectionUsage)
        .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
        .sum();
  }

  /** By how much it grew at most, since this began; megabytes. */
  double grown() {
    return (most - before) / 1e6;
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The JVM has ended.
    }
  }
}
