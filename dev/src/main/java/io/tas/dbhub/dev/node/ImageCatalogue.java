package io.tas.dbhub.dev.node;

import java.util.Optional;

/** The images this machine can run. */
@FunctionalInterface
public interface ImageCatalogue {

  /**
   * What stands for the image, for example {@code bytebase/dbhub:1.4.0}; empty when nothing does.
   */
  Optional<ContainerImage> find(String image);
}
