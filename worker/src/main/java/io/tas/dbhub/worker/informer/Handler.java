package io.tas.dbhub.worker.informer;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What to make of the three kinds of events of one kind of object. */
record Handler<T>(
    Function<T, List<Notice>> added,
    BiFunction<T, T, List<Notice>> updated,
    Function<T, List<Notice>> deleted) {
  ResourceEventHandler<T> into(Notices notices) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        notices.add(added.apply(object));
      }

      @Override
      public void onUpdate(T before, T after) {
        notices.add(updated.apply(before, after));
      }

      @Override
      public void onDelete(T object, boolean finalStateUnknown) {
        notices.add(deleted.apply(object));
      }
    };
  }
}
