package io.tas.dbhub.api.gate;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.statement.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Every object of a parsed statement, found through its fields.
 *
 * <p>JSqlParser's visitors leave out what their authors forgot; a check that must deny by default
 * cannot stand on them. Fields forget nothing.
 */
public final class ParseTree {
  private static final String PARSER = "net.sf.jsqlparser.";

  private ParseTree() {}

  /** The parser's own objects that can be reached, enums included; in no useful order. */
  public static List<Object> nodes(Statement statement) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Object> nodes = new ArrayList<>();
    Deque<Object> open = new ArrayDeque<>();
    open.add(statement);
    while (!open.isEmpty()) {
      Object object = open.pop();
      if (!seen.add(object)) {
        continue;
      }
      if (object.getClass().getName().startsWith(PARSER)) {
        nodes.add(object);
      }
      if (object instanceof Iterable<?> elements) {
        elements.forEach(element -> push(open, element));
      } else if (object instanceof Map<?, ?> map) {
        map.keySet().forEach(key -> push(open, key));
        map.values().forEach(value -> push(open, value));
      } else if (object instanceof Optional<?> optional) {
        optional.ifPresent(value -> push(open, value));
      } else if (object instanceof Object[] array) {
        for (Object element : array) {
          push(open, element);
        }
      }
      if (object.getClass().getName().startsWith(PARSER) && !(object instanceof Enum<?>)) {
        fields(open, object);
      }
    }
    return nodes;
  }

  private static void push(Deque<Object> open, @Nullable Object value) {
    // Syntax nodes and tokens lead back to the whole text.
    if (value != null && !(value instanceof Node) && !(value instanceof Token)) {
      open.push(value);
    }
  }

  private static void fields(Deque<Object> open, Object object) {
    for (Class<?> type = object.getClass();
        type != null && type.getName().startsWith(PARSER);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
          continue;
        }
        try {
          field.setAccessible(true);
          push(open, field.get(object));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("the parser's tree cannot be read", e);
        }
      }
    }
  }
}
