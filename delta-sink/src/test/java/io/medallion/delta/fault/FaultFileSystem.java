package io.medallion.delta.fault;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A local disk that fails on demand: {@code fault://<plan>/absolute/path}, with a {@link
 * FaultPlan}.
 *
 * <p>A rename onto a file that exists fails, atomically, as on ADLS.
 */
public final class FaultFileSystem extends RawLocalFileSystem {

  private URI uri;

  /** Hadoop settings with which Delta writes to this file system as it does to ADLS. */
  public static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("io.delta.kernel.logStore.fault.impl", "io.delta.storage.AzureLogStore");
    settings.put("fs.fault.impl.disable.cache", "true");
    return settings;
  }

  @Override
  public String getScheme() {
    return "fault";
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    uri = URI.create("fault://" + name.getAuthority() + "/");
    super.initialize(name, configuration);
  }

  @Override
  public URI getUri() {
    return uri == null ? URI.create("fault:///") : uri;
  }

  private FaultPlan plan() {
    return FaultPlan.of(uri.getAuthority());
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    boolean fails = plan().begin("create", file);
    FSDataOutputStream out =
        super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    if (fails) {
      out.close();
    }
    plan().end(fails, "create", file);
    return new FSDataOutputStream(new FaultyOutput(out, file), null);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    boolean fails = plan().begin("open", file);
    plan().end(fails, "open", file);
    return new WatchedInput(super.open(file, bufferSize), file);
  }

  @Override
  public boolean rename(Path source, Path target) throws IOException {
    boolean fails = plan().begin("rename", target);
    try {
      Files.createLink(pathToFile(target).toPath(), pathToFile(source).toPath());
    } catch (java.nio.file.FileAlreadyExistsException exists) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Files.delete(pathToFile(source).toPath());
    plan().end(fails, "rename", target);
    return true;
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    boolean fails = plan().begin("delete", file);
    boolean deleted = !plan().deletesNothing() && super.delete(file, recursive);
    plan().end(fails, "delete", file);
    return deleted;
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    boolean fails = plan().begin("list", folder);
    plan().end(fails, "list", folder);
    return super.listStatus(folder);
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    boolean fails = plan().begin("status", file);
    FileStatus status;
    try {
      status = super.getFileStatus(file);
    } catch (FileNotFoundException absent) {
      plan().end(fails, "status", file);
      throw absent;
    }
    plan().end(fails, "status", file);
    return status;
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    // Not counted: RawLocalFileSystem makes parents one by one, object stores have none.
    return super.mkdirs(folder);
  }

  /** Does nothing: Hadoop would start a process, {@code chmod}, for each file and folder. */
  @Override
  public void setPermission(Path file, FsPermission permission) {}

  /** Tells the plan when it is closed. */
  private final class WatchedInput extends FSDataInputStream {

    WatchedInput(FSDataInputStream in, Path file) {
      super(in.getWrappedStream());
      plan().opened(this, file);
    }

    @Override
    public void close() throws IOException {
      plan().closed(this);
      super.close();
    }
  }

  /** Fails in the first write and in the close of a file, before or after they take effect. */
  private final class FaultyOutput extends OutputStream {
    private final FSDataOutputStream out;
    private final Path file;
    private boolean written;
    private boolean closed;

    FaultyOutput(FSDataOutputStream out, Path file) {
      this.out = out;
      this.file = file;
      plan().opened(this, file);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      boolean fails = !written && plan().begin("write", file);
      written = true;
      out.write(bytes, offset, length);
      plan().end(fails, "write", file);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      plan().closed(this);
      boolean fails;
      try {
        fails = plan().begin("close", file);
      } catch (IOException injected) {
        // A close that fails before it takes effect leaves no whole file behind.
        out.close();
        Files.deleteIfExists(pathToFile(file).toPath());
        throw injected;
      }
      out.close();
      plan().end(fails, "close", file);
    }
  }
}
