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
import java.util.Optional;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a JVM on this machine has in use. Garbage is collected before each look: how much of it lies
 * about says something about the size of the heap, and nothing about what runs in it.
 */
final class LiveHeap implements AutoCloseable {
  private final Optional<JMXConnector> connector;
  private final MemoryMXBean memory;
  private final List<MemoryPoolMXBean> pools;
  private final long before;
  private long most;

  private LiveHeap(
      Optional<JMXConnector> connector, MemoryMXBean memory, List<MemoryPoolMXBean> pools) {
    this.connector = connector;
    this.memory = memory;
    this.pools = pools.stream().filter(pool -> pool.getType() == MemoryType.HEAP).toList();
    before = used();
    most = before;
  }

  /** Of this process. */
  static LiveHeap own() {
    return new LiveHeap(
        Optional.empty(),
        ManagementFactory.getMemoryMXBean(),
        ManagementFactory.getMemoryPoolMXBeans());
  }

  @SuppressWarnings("BanJNDI") // The address is what a process of ours just told.
  static LiveHeap of(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      JMXConnector connector;
      try {
        connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
      return new LiveHeap(
          Optional.of(connector),
          ManagementFactory.newPlatformMXBeanProxy(
              connector.getMBeanServerConnection(),
              ManagementFactory.MEMORY_MXBEAN_NAME,
              MemoryMXBean.class),
          List.copyOf(
              ManagementFactory.getPlatformMXBeans(
                  connector.getMBeanServerConnection(), MemoryPoolMXBean.class)));
    } catch (AttachNotSupportedException e) {
      throw new EngineException("The JVM does not let itself be looked into", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** The most there was, with all else that the JVM holds; megabytes. */
  double most() {
    return most / 1e6;
  }

  @Override
  public void close() {
    connector.ifPresent(
        open -> {
          try {
            open.close();
          } catch (IOException e) {
            // The JVM has ended.
          }
        });
  }
}
