package io.tas.dbhub.systemtest.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong at a point.
 *
 * @param when relative to the activity's call
 * @param engine whose connection it happens on; empty where the activity itself fails
 * @param lasting until the harness ends it, else once
 */
record Fault(When when, Kind kind, Optional<Engine> engine, boolean lasting) {
  /** Of the activity's effect. */
  enum When {
    BEFORE,
    /** On the wire, while the activity runs. */
    DURING,
    /** The effect is there, the answer is not. */
    AFTER
  }

  /** Which harm. */
  enum Kind {
    /** The worker's process, with signal 9. */
    KILL("kill -9"),
    /** A failure that nobody tries again. */
    FAILURE("fails for good"),
    /** A failure that is tried again. */
    OUTAGE("fails"),
    HANG("hangs"),
    CONFLICT("409"),
    BUSY("429"),
    SERVER_ERROR("500"),
    REFUSED("connection refused"),
    CUT("answer lost");

    private final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  /** All that can happen at a point. */
  static List<Fault> at(Point point) {
    List<Fault> all = new ArrayList<>();
    for (When when : List.of(When.BEFORE, When.AFTER)) {
      all.add(activity(when, Kind.KILL, false));
      all.add(activity(when, Kind.FAILURE, false));
      all.add(activity(when, Kind.OUTAGE, false));
      all.add(activity(when, Kind.OUTAGE, true));
      all.add(activity(when, Kind.HANG, false));
    }
    all.add(wire(When.AFTER, Engine.TEMPORAL, Kind.REFUSED, false));
    all.add(wire(When.AFTER, Engine.TEMPORAL, Kind.CUT, false));
    for (Engine engine : point.engines()) {
      if (engine == Engine.KUBERNETES) {
        for (Kind status : List.of(Kind.CONFLICT, Kind.BUSY, Kind.SERVER_ERROR)) {
          all.add(wire(When.DURING, engine, status, false));
          all.add(wire(When.DURING, engine, status, true));
        }
      }
      all.add(wire(When.DURING, engine, Kind.REFUSED, false));
      all.add(wire(When.DURING, engine, Kind.CUT, false));
      if (engine != Engine.TEMPORAL) {
        // All that a worker does goes over one connection to Temporal.
        all.add(wire(When.DURING, engine, Kind.REFUSED, true));
        all.add(wire(When.DURING, engine, Kind.HANG, false));
        all.add(wire(When.DURING, engine, Kind.HANG, true));
      }
    }
    return all;
  }

  /** Whether, on Kubernetes' wire, it waits for a request that changes something. */
  boolean onWrite(Point point) {
    return point.writes() && (kind == Kind.CUT || kind == Kind.CONFLICT);
  }

  static Fault activity(When when, Kind kind, boolean lasting) {
    return new Fault(when, kind, Optional.empty(), lasting);
  }

  static Fault wire(When when, Engine engine, Kind kind, boolean lasting) {
    return new Fault(when, kind, Optional.of(engine), lasting);
  }

  @Override
  public String toString() {
    String what = engine.map(e -> e.title() + ": ").orElse("") + kind.title;
    String moment =
        switch (when) {
          case BEFORE -> ", before the call";
          case DURING -> "";
          case AFTER -> engine.isPresent() ? ", telling the result" : ", after it took effect";
        };
    return what + moment + (lasting ? ", lasting" : "");
  }
}
