package io.medallion.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that a JobManager tells over REST, which is all that its web UI shows. */
final class RestWalk {

  private final RestClient rest;
  private final Map<String, String> answers = new LinkedHashMap<>();

  private RestWalk(RestClient rest) {
    this.rest = rest;
  }

  /** The good answers, by path. */
  static Map<String, String> of(RestClient rest) {
    RestWalk walk = new RestWalk(rest);
    walk.cluster();
    walk.taskManagers();
    walk.jobs();
    return walk.answers;
  }

  private void cluster() {
    ask("/overview", "/config", "/datasets", "/jars", "/jobs/metrics", "/jobs/overview");
    askUnder(
        "/jobmanager", "config", "environment", "metrics", "log", "stdout", "thread-dump", "logs");
    for (JsonNode log : rest.get("/jobmanager/logs").path("logs")) {
      ask("/jobmanager/logs/" + log.path("name").asText());
    }
  }

  private void taskManagers() {
    ask("/taskmanagers", "/taskmanagers/metrics");
    for (JsonNode taskManager : rest.get("/taskmanagers").path("taskmanagers")) {
      String path = "/taskmanagers/" + taskManager.path("id").asText();
      ask(path);
      askUnder(path, "metrics", "log", "stdout", "thread-dump", "logs");
      for (JsonNode log : rest.get(path + "/logs").path("logs")) {
        ask(path + "/logs/" + log.path("name").asText());
      }
    }
  }

  private void jobs() {
    for (JsonNode job : rest.get("/jobs").path("jobs")) {
      job("/jobs/" + job.path("id").asText());
    }
  }

  private void job(String path) {
    ask(path);
    askUnder(path, "config", "plan", "exceptions", "accumulators", "metrics", "status");
    askUnder(path, "checkpoints", "checkpoints/config", "jobmanager/config", "execution-result");
    askUnder(path, "jobmanager/environment", "rescales/overview", "resource-requirements");
    for (JsonNode checkpoint : rest.get(path + "/checkpoints").path("history")) {
      ask(path + "/checkpoints/details/" + checkpoint.path("id").asText());
    }
    for (JsonNode vertex : rest.get(path).path("vertices")) {
      String task = path + "/vertices/" + vertex.path("id").asText();
      ask(task);
      askUnder(task, "accumulators", "backpressure", "metrics", "subtasks/accumulators");
      askUnder(task, "subtasktimes", "taskmanagers", "watermarks", "flamegraph", "subtasks/0");
    }
  }

  private void askUnder(String parent, String... names) {
    List<String> paths = new ArrayList<>();
    for (String name : names) {
      paths.add(parent + "/" + name);
    }
    ask(paths.toArray(String[]::new));
  }

  /** An endpoint that this version of Flink lacks says 404, and nothing else. */
  private void ask(String... paths) {
    for (String path : paths) {
      HttpResponse<String> response = rest.ask(path);
      answers.put(path, response.body());
    }
  }
}
