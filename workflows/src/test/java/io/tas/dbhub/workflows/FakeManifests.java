package io.tas.dbhub.workflows;

import io.tas.dbhub.core.adoption.AdoptDatabase;
import io.tas.dbhub.core.adoption.AdoptedNodes;
import io.tas.dbhub.core.adoption.AdoptionResult;
import io.tas.dbhub.core.adoption.Claim;
import io.tas.dbhub.core.adoption.ManifestReading;
import io.tas.dbhub.core.adoption.Manifests;
import io.tas.dbhub.core.adoption.ReleaseDatabase;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A Database resource made by hand, and the nodes that follow it. */
public final class FakeManifests implements Manifests, AdoptedNodes {
  public final Map<DatabaseRef, DatabaseDefinition> adopted = new ConcurrentHashMap<>();
  public final Set<String> takenNames = ConcurrentHashMap.newKeySet();
  public volatile DatabaseDefinition said;
  public volatile AdoptionResult refusal;

  /** Whether the last one was to have had its node before. */
  public volatile boolean again;

  private final FakeWorld world;

  FakeManifests(FakeWorld world) {
    this.world = world;
  }

  /** From now on the resource says this; null for one that asks for nothing. */
  public void say(DatabaseDefinition definition) {
    said = definition;
    world.claim =
        definition == null
            ? null
            : new Claim(definition.ref(), String.valueOf(definition.hashCode()));
  }

  @Override
  public ManifestReading readManifest(ResourceRef resource) {
    world.call("ReadManifest", () -> {});
    DatabaseDefinition now = said;
    if (now == null || refusal != null) {
      return new ManifestReading(null, now == null ? null : refusal);
    }
    return new ManifestReading(
        new AdoptDatabase(now, new ResourceRef(resource.namespace(), "creds"), resource), null);
  }

  @Override
  public void adopt(AdoptDatabase wanted) {
    world.call(
        "AdoptDatabase",
        () -> {
          if (takenNames.contains(wanted.definition().name())) {
            throw Failures.of(FailureType.NAME_TAKEN, "taken");
          }
          adopted.put(wanted.definition().ref(), wanted.definition());
          again = wanted.again();
        });
  }

  @Override
  public void release(ReleaseDatabase released) {
    world.call("ReleaseDatabase", () -> adopted.remove(released.database()));
  }
}
