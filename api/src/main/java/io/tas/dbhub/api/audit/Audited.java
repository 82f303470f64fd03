package io.tas.dbhub.api.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that changes something: what it refuses is written into the journal. What it begins is
 * written there by the workflow it begins.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Audited {
  /** The action as workflows name it. */
  String value();

  /** Whether it is done with the answer, so that no workflow writes that it was. */
  boolean doneHere() default false;
}
