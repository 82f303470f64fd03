package io.tas.dbhub.workflows;

import io.tas.dbhub.core.health.QuietCheck;
import io.tas.dbhub.core.health.QuietChecks;

/** Quiet checks that find nothing out, until they are told to. */
public final class FakeQuietChecks implements QuietChecks {
  private final FakeWorld world;

  FakeQuietChecks(FakeWorld world) {
    this.world = world;
  }

  @Override
  public boolean worksStill(QuietCheck check) {
    if (!world.answersQuietly || !world.reachable) {
      return false;
    }
    world.calls.add("CheckQuietly");
    return true;
  }
}
