package io.medallion.dashboard.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.medallion.dashboard.audit.AuditRunner;
import java.time.Instant;
import java.util.Locale;

/** The last audit, as the API tells it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record AuditJson(String phase, Instant started, Instant ended, String problem, JsonNode report) {

  static AuditJson of(AuditRunner.Run run) {
    return new AuditJson(
        run.phase().name().toLowerCase(Locale.ROOT),
        run.started().orElse(null),
        run.ended().orElse(null),
        run.problem(),
        run.report());
  }
}
