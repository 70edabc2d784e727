package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.CommandRun;
import io.medallion.maintenance.audit.AuditCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@code medallion audit --json} says of a lake. */
record Audited(int exitCode, String out, String err) {

  static Audited audit(LakeCopy lake, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    CommandRun run = CommandRun.on(lake.root(), new AuditCommand(), all.toArray(String[]::new));
    return new Audited(run.exitCode(), run.out(), run.err());
  }

  JsonNode json() throws IOException {
    return new JsonMapper().readTree(out);
  }

  JsonNode check(String name) throws IOException {
    for (JsonNode check : json().path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("No check " + name + " in " + out + err);
  }

  long count(String check, String what) throws IOException {
    return check(check).path("counts").path(what).longValue();
  }

  List<String> broken() throws IOException {
    List<String> broken = new ArrayList<>();
    for (JsonNode check : json().path("checks")) {
      if (!check.path("holds").asBoolean()) {
        broken.add(check.path("name").asText());
      }
    }
    return broken;
  }

  void assertBroken(String... checks) throws IOException {
    assertThat(exitCode).as(err).isEqualTo(1);
    assertThat(broken()).as(out).containsExactly(checks);
  }

  void assertHolds() {
    assertThat(exitCode).as(out + err).isZero();
  }
}
