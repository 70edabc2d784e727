package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.util.ChildFirstClassLoader;
import org.apache.flink.util.FlinkUserCodeClassLoader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HadoopReleaseTest {

  private FileSystem shared;

  /** Makes the JVM's thread that waits for processes, which lives on for a minute. */
  @BeforeEach
  void useTheHadoopOfAllJobs() throws Exception {
    shared = sharedFileSystem();
  }

  @Test
  void aJobThatBringsHadoopAlongLeavesNoClassesBehind() throws Exception {
    WeakReference<ClassLoader> jar = useHadoopOfAJobAndReleaseIt();

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(jar.get()).isNull();
            });
  }

  @Test
  void theHadoopOfAllJobsIsLeftAlone() throws Exception {
    new HadoopRelease().run();

    assertThat(sharedFileSystem()).isSameAs(shared);
  }

  private static FileSystem sharedFileSystem() throws IOException {
    return FileSystem.get(URI.create("file:///"), new Configuration());
  }

  /** In a thread of its own, as a task has. */
  private static WeakReference<ClassLoader> useHadoopOfAJobAndReleaseIt() throws Exception {
    ExecutorService task = Executors.newSingleThreadExecutor();
    try {
      return task.submit(HadoopReleaseTest::useAndRelease).get();
    } finally {
      task.shutdown();
      assertThat(task.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static WeakReference<ClassLoader> useAndRelease() throws Exception {
    try (URLClassLoader jar = jobJar()) {
      Thread.currentThread().setContextClassLoader(jar);
      Class<?> configuration = jar.loadClass(Configuration.class.getName());
      jar.loadClass(FileSystem.class.getName())
          .getMethod("get", URI.class, configuration)
          .invoke(
              null, URI.create("file:///"), configuration.getDeclaredConstructor().newInstance());

      Constructor<?> release =
          jar.loadClass(HadoopRelease.class.getName()).getDeclaredConstructor();
      release.setAccessible(true);
      ((Runnable) release.newInstance()).run();
      return new WeakReference<>(jar);
    }
  }

  /** Flink's class loader of a job whose jar has all of this class path, where lib lacks Hadoop. */
  private static URLClassLoader jobJar() {
    return new ChildFirstClassLoader(
        Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .map(HadoopReleaseTest::url)
            .toArray(URL[]::new),
        HadoopReleaseTest.class.getClassLoader(),
        Stream.of(
                CoreOptions.getParentFirstLoaderPatterns(
                    new org.apache.flink.configuration.Configuration()))
            .filter(prefix -> !prefix.equals("org.apache.hadoop."))
            .toArray(String[]::new),
        FlinkUserCodeClassLoader.NOOP_EXCEPTION_HANDLER);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
