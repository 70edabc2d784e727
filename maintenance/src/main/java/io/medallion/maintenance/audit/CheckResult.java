package io.medallion.maintenance.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out of one check.
 *
 * @param name short and constant
 * @param holds whether nothing breaks the rule
 * @param rule what was checked
 * @param counts what was counted on the way, in the order in which to show it
 * @param violations rows, offsets, windows or files that break the rule
 * @param examples the first of them
 */
record CheckResult(
    String name,
    boolean holds,
    String rule,
    Map<String, Long> counts,
    long violations,
    List<String> examples) {

  CheckResult {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    examples = List.copyOf(examples);
  }
}
