package io.medallion.dashboard.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.dashboard.audit.AuditRunner;
import java.util.Locale;

/** The last audit, as the API tells it. */
final class AuditJson {

  private static final JsonMapper JSON = new JsonMapper();

  private AuditJson() {}

  static byte[] write(AuditRunner.Run run) {
    ObjectNode root = JSON.createObjectNode();
    root.put("phase", run.phase().name().toLowerCase(Locale.ROOT));
    run.started().ifPresent(time -> root.put("started", time.toString()));
    run.ended().ifPresent(time -> root.put("ended", time.toString()));
    if (!run.problem().isEmpty()) {
      root.put("problem", run.problem());
    }
    if (run.report() != null) {
      root.set("report", run.report());
    }
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
