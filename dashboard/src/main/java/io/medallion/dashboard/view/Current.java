package io.medallion.dashboard.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the newest closed window tells of a key, or of all.
 *
 * @param endSeconds of the window, since 1970
 * @param words in the order of {@link GoldColumns#words}; null where there is none
 */
public record Current(Reading reading, long endSeconds, List<String> words) {

  public Current {
    words = Collections.unmodifiableList(new ArrayList<>(words));
  }
}
