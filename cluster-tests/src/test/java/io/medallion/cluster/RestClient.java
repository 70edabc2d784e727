package io.medallion.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Questions to a JobManager over its REST interface. */
final class RestClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PROGRAM_TIMEOUT = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String address;

  RestClient(int port) {
    this.address = "http://" + Ports.LOOPBACK + ":" + port;
  }

  /** The answer, whatever it says. */
  HttpResponse<String> ask(String path) {
    return send(path, HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT));
  }

  /**
   * Runs a program whose jar lies in the JobManager's upload folder; the answer, whatever it is.
   */
  HttpResponse<String> runJar(String jar, List<String> arguments) {
    String path = "/jars/" + jar + "/run";
    ObjectNode body = JSON.createObjectNode();
    arguments.forEach(body.putArray("programArgsList")::add);
    return send(
        path,
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(PROGRAM_TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private HttpResponse<String> send(String path, HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("No answer to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws UncheckedIOException if there is no good answer
   */
  JsonNode get(String path) {
    HttpResponse<String> response = ask(path);
    try {
      if (response.statusCode() != 200) {
        throw new IOException(path + ": " + response.statusCode() + " " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** TaskManagers that the JobManager takes for alive. */
  int taskManagers() {
    return get("/taskmanagers").path("taskmanagers").size();
  }

  /** Flink's name of the job's state. */
  String state(String jobId) {
    return get("/jobs/" + jobId).path("state").asText();
  }

  /** Whether the job and all of its tasks run. */
  boolean isRunning(String jobId) {
    JsonNode job = get("/jobs/" + jobId);
    if (!job.path("state").asText().equals("RUNNING") || job.path("vertices").isEmpty()) {
      return false;
    }
    for (JsonNode vertex : job.path("vertices")) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        return false;
      }
    }
    return true;
  }

  /** The id of the newest completed checkpoint; -1 before the first. */
  long lastCheckpoint(String jobId) {
    return get("/jobs/" + jobId + "/checkpoints").at("/latest/completed/id").asLong(-1);
  }

  /** What made the job fail so far, newest first, as JSON text. */
  String exceptions(String jobId) {
    return get("/jobs/" + jobId + "/exceptions").toString();
  }
}
