package io.tas.dbhub.systemtest;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Lets activities act, and then fail as if their answer had been lost on its way. */
final class LostAnswers {
  private record Loss(String databaseId, String method, FailureType failure) {}

  private final Queue<Loss> pending = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** The next answer of this activity for this database is lost. */
  void after(String databaseId, String method, FailureType failure) {
    pending.add(new Loss(databaseId, method, failure));
  }

  /** How many answers about this database were lost. */
  int count(String databaseId) {
    return counts.getOrDefault(databaseId, 0);
  }

  Object around(Object activities) {
    return Proxy.newProxyInstance(
        LostAnswers.class.getClassLoader(),
        activities.getClass().getInterfaces(),
        (proxy, method, arguments) -> call(activities, method, arguments));
  }

  private @Nullable Object call(Object activities, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object answer;
    try {
      answer = method.invoke(activities, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    String message = Arrays.toString(arguments);
    Optional<Loss> loss =
        pending.stream()
            .filter(l -> l.method().equals(method.getName()) && message.contains(l.databaseId()))
            .findFirst();
    if (loss.isPresent() && pending.remove(loss.get())) {
      counts.merge(loss.get().databaseId(), 1, Integer::sum);
      throw Failures.of(loss.get().failure(), "The answer was lost.");
    }
    return answer;
  }
}
