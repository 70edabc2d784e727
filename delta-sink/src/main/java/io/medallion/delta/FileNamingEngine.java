package io.medallion.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.MetricsReporter;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.flink.util.ExceptionUtils;
import org.apache.hadoop.conf.Configuration;

/**
 * Kernel's own engine, which also says which file it was that could not be read: a damaged log
 * entry, log checkpoint or data file. Kernel's engine quotes what it found there at most.
 */
public final class FileNamingEngine implements Engine {

  private final Engine engine;

  private FileNamingEngine(Engine engine) {
    this.engine = engine;
  }

  /**
   * Makes one.
   *
   * @param configuration of the file systems
   */
  public static Engine create(Configuration configuration) {
    return new FileNamingEngine(DefaultEngine.create(configuration));
  }

  @Override
  public JsonHandler getJsonHandler() {
    return new NamingJsonHandler(engine.getJsonHandler());
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return new NamingParquetHandler(engine.getParquetHandler());
  }

  @Override
  public FileSystemClient getFileSystemClient() {
    return engine.getFileSystemClient();
  }

  @Override
  public ExpressionHandler getExpressionHandler() {
    return engine.getExpressionHandler();
  }

  @Override
  public List<MetricsReporter> getMetricsReporters() {
    return engine.getMetricsReporters();
  }

  private record NamingJsonHandler(JsonHandler json) implements JsonHandler {

    @Override
    public CloseableIterator<ColumnarBatch> readJsonFiles(
        CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate) {
      return new OneByOne<>(files, file -> json.readJsonFiles(file, schema, predicate));
    }

    @Override
    public ColumnarBatch parseJson(
        ColumnVector texts, StructType schema, Optional<ColumnVector> selection) {
      return json.parseJson(texts, schema, selection);
    }

    @Override
    public void writeJsonFileAtomically(String file, CloseableIterator<Row> rows, boolean overwrite)
        throws IOException {
      json.writeJsonFileAtomically(file, rows, overwrite);
    }
  }

  private record NamingParquetHandler(ParquetHandler parquet) implements ParquetHandler {

    @Override
    public CloseableIterator<FileReadResult> readParquetFiles(
        CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate) {
      return new OneByOne<>(files, file -> parquet.readParquetFiles(file, schema, predicate));
    }

    @Override
    public CloseableIterator<DataFileStatus> writeParquetFiles(
        String folder, CloseableIterator<FilteredColumnarBatch> data, List<Column> statistics)
        throws IOException {
      return parquet.writeParquetFiles(folder, data, statistics);
    }

    @Override
    public void writeParquetFileAtomically(
        String file, CloseableIterator<FilteredColumnarBatch> data) throws IOException {
      parquet.writeParquetFileAtomically(file, data);
    }
  }

  private interface FileReader<T> {
    CloseableIterator<T> read(CloseableIterator<FileStatus> file) throws IOException;
  }

  /** What is read from some files, of which one is open at a time. */
  private static final class OneByOne<T> implements CloseableIterator<T> {

    private final CloseableIterator<FileStatus> files;
    private final FileReader<T> reader;
    private String path = "";
    private CloseableIterator<T> open;

    OneByOne(CloseableIterator<FileStatus> files, FileReader<T> reader) {
      this.files = files;
      this.reader = reader;
    }

    @Override
    public boolean hasNext() {
      try {
        while (open == null || !open.hasNext()) {
          if (!files.hasNext()) {
            return false;
          }
          closeFile();
          FileStatus file = files.next();
          path = file.getPath();
          open = reader.read(Utils.singletonCloseableIterator(file));
        }
        return true;
      } catch (IOException | RuntimeException e) {
        throw named(e);
      }
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        return open.next();
      } catch (RuntimeException e) {
        throw named(e);
      }
    }

    /**
     * Kernel tells a file that is not there from one that cannot be read: it is passed on. The
     * exception begins its message itself, with "… while trying to".
     */
    private RuntimeException named(Exception failure) {
      boolean isNamed =
          (failure.getMessage() != null && failure.getMessage().contains(path))
              || ExceptionUtils.findThrowable(failure, FileNotFoundException.class).isPresent();
      return isNamed && failure instanceof RuntimeException named
          ? named
          : new KernelEngineException("read " + path, failure);
    }

    private void closeFile() throws IOException {
      if (open != null) {
        open.close();
        open = null;
      }
    }

    @Override
    public void close() throws IOException {
      try (files) {
        closeFile();
      }
    }
  }
}
