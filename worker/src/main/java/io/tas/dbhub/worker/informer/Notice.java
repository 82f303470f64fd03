package io.tas.dbhub.worker.informer;

import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.WorkflowIds;

/** What a workflow has to be told. Telling it twice is harmless. */
sealed interface Notice {
  /** The workflow it is for. Of the notices for one workflow only one has to be kept. */
  String workflowId();

  /** The notice that says what both say; a later one usually covers what was before. */
  default Notice after(Notice earlier) {
    return this;
  }

  /** A connection or its credentials may have changed: probe it soon, and from now on. */
  record ConnectionChanged(String monitorId, MonitorRequest request) implements Notice {
    @Override
    public String workflowId() {
      return WorkflowIds.health(monitorId);
    }

    /** Who is to be probed for the first time is probed as it is then. */
    @Override
    public Notice after(Notice earlier) {
      return earlier instanceof ConnectionNew ? earlier : this;
    }
  }

  /**
   * A connection that the inventory does not know has never been probed: probe it soon, together
   * with others where there are many, and from now on.
   */
  record ConnectionNew(String monitorId, MonitorRequest request) implements Notice {
    @Override
    public String workflowId() {
      return WorkflowIds.health(monitorId);
    }

    @Override
    public Notice after(Notice earlier) {
      return earlier instanceof ConnectionChanged ? earlier : this;
    }
  }

  /** A connection exists: there must be a monitor, which need not hurry. */
  record ConnectionSeen(String monitorId, MonitorRequest request) implements Notice {
    @Override
    public String workflowId() {
      return WorkflowIds.health(monitorId);
    }

    @Override
    public Notice after(Notice earlier) {
      return earlier instanceof ConnectionChanged || earlier instanceof ConnectionNew
          ? earlier
          : this;
    }
  }

  /**
   * The resource of a connection that the inventory knows is gone, maybe by hand: its monitor, if
   * it has one, shall see for itself and say so.
   */
  record ConnectionMissing(String monitorId) implements Notice {
    @Override
    public String workflowId() {
      return WorkflowIds.health(monitorId);
    }
  }

  /** A connection that only its resource knew is gone. */
  record ConnectionGone(String monitorId) implements Notice {
    @Override
    public String workflowId() {
      return WorkflowIds.health(monitorId);
    }
  }

  /** What an instance is made from, or what runs of it, may have changed. */
  record InstanceChanged(ResourceRef instance) implements Notice {
    @Override
    public String workflowId() {
      return WorkflowIds.instance(instance.namespace(), instance.name());
    }
  }

  /** An instance exists: there must be somebody who keeps it true. */
  record InstanceSeen(ResourceRef instance) implements Notice {
    @Override
    public String workflowId() {
      return WorkflowIds.instance(instance.namespace(), instance.name());
    }

    @Override
    public Notice after(Notice earlier) {
      return earlier instanceof InstanceChanged ? earlier : this;
    }
  }
}
