package io.medallion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medallion.cluster.LoadGenerator.Load;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The runbook (docs/operations.md) on a session cluster without high availability; each test has a
 * topic and a lake of its own. Heartbeats are shorter than Flink's, so that a loss is noticed soon.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionClusterITCase {

  private static final String KEY = "canary7Ya1Fh3Kx9Qm2Zt5";

  private static final String JAR = "medallion.jar";

  private WeatherPipeline pipeline;

  @BeforeAll
  void start() throws IOException {
    Workspace workspace = Workspace.open("session");
    Path uploads = workspace.folder("uploads");
    // Where the JobManager looks for jars that were sent to it.
    Path jars = Files.createDirectories(uploads.resolve("flink-web-upload"));
    Files.createSymbolicLink(jars.resolve(JAR), BuildFolders.jobJar());
    pipeline =
        WeatherPipeline.start(
            workspace,
            KEY,
            List.of("stop", "loss", "secret", "other"),
            2,
            Map.of(
                "heartbeat.interval",
                "2 s",
                "heartbeat.timeout",
                "10 s",
                "web.upload.dir",
                uploads.toString()));
  }

  @AfterAll
  void stop() throws IOException {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  @Test
  void aStoppedJobGoesOnFromItsSavepointAtAnotherParallelismAndCanBeRolledBackToIt()
      throws Exception {
    WeatherJob job = pipeline.job("stop");
    job.start(2);
    LoadGenerator generator = job.send(new Load(2_000, Duration.ofSeconds(25), 1));
    job.awaitAllTablesFilled();

    String savepoint = job.stop();
    job.startFrom(savepoint, 3);
    JsonNode sent = drain(job, generator);

    job.startFrom(savepoint, 2, "--sink.on.rewind", "rollback");
    job.awaitBronze(sent.path("acknowledged").longValue());
    job.drain();
    job.lake().assertHoldExactly(sent);
  }

  /** The program runs in the JobManager then, as it does for the operator's session jobs. */
  @Test
  void aProgramThatIsSentWithAMistakeEndsNeitherTheJobManagerNorAnotherJob() throws Exception {
    RestClient rest = pipeline.cluster().rest();
    WeatherJob job = pipeline.job("other");
    job.start(1);
    List<String> misspelt = new ArrayList<>(job.arguments());
    misspelt.addAll(List.of("--window.sise", "5 min"));
    List<String> unreachable = new ArrayList<>(job.arguments());
    // Without the file that asks for a connection string: the JobManager has none, and says so
    // first.
    int conf = unreachable.indexOf("--conf");
    unreachable.subList(conf, conf + 2).clear();
    unreachable.set(unreachable.indexOf("--source.bootstrap.servers") + 1, "127.0.0.1:1");
    unreachable.set(unreachable.indexOf("--source.security.protocol") + 1, "PLAINTEXT");
    unreachable.addAll(List.of("--preflight.deadline", "3 s"));

    HttpResponse<String> ofMisspelt = rest.runJar(JAR, misspelt);
    HttpResponse<String> ofUnreachable = rest.runJar(JAR, unreachable);

    assertThat(ofMisspelt.statusCode()).isBetween(400, 599);
    assertThat(ofMisspelt.body()).contains("window.sise");
    assertThat(ofUnreachable.statusCode()).isBetween(400, 599);
    assertThat(ofUnreachable.body()).contains("127.0.0.1:1");
    assertThat(pipeline.cluster().jobManager().isAlive()).isTrue();
    assertThat(rest.isRunning(job.id())).isTrue();
    pipeline.cli().execute("cancel", job.id());
  }

  @Test
  void afterTheLossOfTheJobManagerTheJobGoesOnFromItsRetainedCheckpoint() throws Exception {
    WeatherJob job = pipeline.job("loss");
    job.start(2);
    LoadGenerator generator = job.send(new Load(2_000, Duration.ofSeconds(15), 2));
    job.awaitBronze(10_000);

    pipeline.cluster().jobManager().kill();
    pipeline.cluster().startJobManager();
    pipeline.cluster().awaitTaskManagers(2);
    assertThat(pipeline.cluster().rest().get("/jobs").path("jobs")).as("known jobs").isEmpty();
    Path checkpoints = pipeline.workspace().folder("checkpoints").resolve(job.id());
    job.startFrom(RetainedCheckpoint.newest(checkpoints).toUri().toString(), 2);

    drain(job, generator);
  }

  @Test
  void theSecretIsInNoRestAnswerNoExceptionNoFileAndNoProcessArgument() throws Exception {
    RestClient rest = pipeline.cluster().rest();
    WeatherJob job = pipeline.job("secret");
    job.start(2);
    LoadGenerator generator = job.send(new Load(1_000, Duration.ofSeconds(5), 3));
    job.awaitBronze(generator.summary(Duration.ofMinutes(1)).path("sent").longValue());
    Map<String, String> arguments = VisibleTexts.processArguments();

    // The key is rotated: the running job is refused, and so is the next one.
    BrokerServer broker = pipeline.broker();
    broker.rotateKey("theKeyAfterItsRotation");
    Wait.until(
        "the job fails because its key is refused",
        pipeline.workspace(),
        () -> rest.exceptions(job.id()).contains("SaslAuthentication"));
    List<String> command = new ArrayList<>(List.of("run", "-d", BuildFolders.jobJar().toString()));
    command.addAll(job.arguments());
    JavaProcess refused = pipeline.cli().execute(command);
    Map<String, String> answers = RestWalk.of(rest);
    pipeline.cli().execute("cancel", job.id());
    broker.rotateKey(KEY);

    assertThat(refused.err()).contains("refused the sign-in");
    assertThat(answers.get("/jobs/" + job.id() + "/exceptions")).contains("SaslAuthentication");
    assertThat(answers.get("/jobmanager/config")).contains("heartbeat.interval");
    assertThat(arguments.values()).anyMatch(text -> text.contains("TaskManagerRunner"));
    assertHidden(answers);
    assertHidden(arguments);
    for (String folder : List.of("logs", "checkpoints", "savepoints", "tmp", "lake-secret")) {
      assertThat(VisibleTexts.filesWith(KEY, pipeline.workspace().folder(folder))).isEmpty();
    }
  }

  private static void assertHidden(Map<String, String> texts) {
    texts.forEach(
        (name, text) ->
            assertThat(text.contains(KEY)).as("the secret is visible in " + name).isFalse());
  }

  /** Nothing is lost or doubled when all that the generator sent is read and windows are closed. */
  private static JsonNode drain(WeatherJob job, LoadGenerator generator) throws Exception {
    JsonNode sent = generator.summary(Duration.ofMinutes(3));
    job.awaitBronze(sent.path("acknowledged").longValue());
    job.drain();
    job.lake().assertHoldExactly(sent);
    return sent;
  }
}
