package io.medallion.broker;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Has classes of its own of Kafka and the sign-in, as Flink's class loader of a job. */
final class JobClasses extends URLClassLoader {

  JobClasses() {
    super(
        Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .map(JobClasses::url)
            .toArray(URL[]::new),
        JobClasses.class.getClassLoader());
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("org.apache.kafka.") && !name.startsWith("io.medallion.eventhubs.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
