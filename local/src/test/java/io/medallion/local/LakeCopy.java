package io.medallion.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** The tables of a lake in another folder, to be damaged as a stranger's hand would. */
record LakeCopy(Path root) {

  private static final JsonMapper JSON = new JsonMapper();

  static LakeCopy of(Path lake, Path target) throws IOException {
    for (TableDefinition definition : Lake.at(lake.toString()).tables().all()) {
      String table = definition.path();
      Path from = lake.resolve(table);
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path to = target.resolve(table).resolve(from.relativize(file).toString());
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
    return new LakeCopy(target);
  }

  /** Takes a file in the middle of the table's history out of the table. */
  void removeFile(String table) throws IOException {
    List<JsonNode> added = added(table);
    commit(table, removal(added.get(added.size() / 2)));
  }

  /** Adds a second copy of one of the table's files. */
  void doubleFile(String table) throws IOException {
    ObjectNode add = added(table).get(0).deepCopy();
    String path = add.path("path").asText();
    String copy = path.replaceFirst("([^/]*)$", "copy-$1");
    Files.copy(file(table, path), file(table, copy));
    commit(table, JSON.createObjectNode().set("add", add.put("path", copy)));
  }

  /**
   * Replaces one of the table's files by one without its first row; returns that row's place, of
   * gold something else.
   */
  String removeRow(String table) throws IOException {
    ObjectNode add = added(table).get(0).deepCopy();
    String path = add.path("path").asText();
    String other = path.replaceFirst("([^/]*)$", "without-$1");
    StringBuilder place = new StringBuilder();
    rewrite(
        file(table, path), file(table, other), table, read -> withoutFirst(read.getData(), place));
    commit(
        table,
        removal(add),
        JSON.createObjectNode()
            .set("add", add.put("path", other).put("size", Files.size(file(table, other)))));
    return place.toString();
  }

  /** Takes the newest window that has a value in a column out of a table of gold. */
  void removeNewest(String table, String column) throws IOException {
    long newest =
        new DeltaTable(LakeFolder.uri(root.resolve(table)))
            .rows().stream()
                .filter(row -> row.get(column) != null)
                .mapToLong(row -> ((Instant) row.get("windowStart")).toEpochMilli() * 1000)
                .max()
                .orElseThrow();
    for (JsonNode file : added(table)) {
      ObjectNode add = file.deepCopy();
      String path = add.path("path").asText();
      String other = path.replaceFirst("([^/]*)$", "without-$1");
      rewrite(
          file(table, path), file(table, other), table, read -> without(newest, read.getData()));
      commit(
          table,
          removal(file),
          JSON.createObjectNode()
              .set("add", add.put("path", other).put("size", Files.size(file(table, other)))));
    }
  }

  private static FilteredColumnarBatch without(long windowStart, ColumnarBatch batch) {
    ColumnVector starts = batch.getColumnVector(batch.getSchema().indexOf("windowStart"));
    return new FilteredColumnarBatch(
        batch,
        Optional.of(new Selection(batch.getSize(), row -> starts.getLong(row) != windowStart)));
  }

  private static FilteredColumnarBatch withoutFirst(ColumnarBatch batch, StringBuilder place) {
    boolean isFirst = place.isEmpty();
    if (isFirst && batch.getSchema().indexOf("partition") < 0) {
      place.append("a window");
    } else if (isFirst) {
      place.append(
          "partition %d offset %d"
              .formatted(
                  batch.getColumnVector(batch.getSchema().indexOf("partition")).getInt(0),
                  batch.getColumnVector(batch.getSchema().indexOf("offset")).getLong(0)));
    }
    return new FilteredColumnarBatch(
        batch,
        isFirst ? Optional.of(new Selection(batch.getSize(), row -> row > 0)) : Optional.empty());
  }

  /** Replaces one of the table's files by one in which a column is greater by 1 in every row. */
  void raise(String table, String column) throws IOException {
    // The largest file: all rows of a small one may have no value there.
    ObjectNode add =
        added(table).stream()
            .max(Comparator.comparingLong(file -> file.path("size").asLong()))
            .orElseThrow()
            .deepCopy();
    String path = add.path("path").asText();
    String other = path.replaceFirst("([^/]*)$", "raised-$1");
    StructField field = schema(table).get(column);
    rewrite(file(table, path), file(table, other), table, read -> raised(read, field));
    commit(
        table,
        removal(add),
        JSON.createObjectNode()
            .set("add", add.put("path", other).put("size", Files.size(file(table, other)))));
  }

  /** Forgets the commits of this checkpoint and later ones. */
  void forgetFrom(String table, long checkpoint) throws IOException {
    long cut = Long.MAX_VALUE;
    for (long version = 0; version <= version(table); version++) {
      OptionalLong committed = checkpoint(table, version);
      if (committed.isPresent() && committed.getAsLong() >= checkpoint) {
        cut = Math.min(cut, version);
      }
    }
    cut(table, cut);
  }

  /** Forgets the newest commit. */
  void forgetNewest(String table) throws IOException {
    cut(table, version(table));
  }

  private void cut(String table, long cut) throws IOException {
    try (Stream<Path> files = Files.list(log(table))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replaceFirst("^\\.", "");
        if (name.startsWith("_last_checkpoint")
            || (name.matches("\\d{20}\\..*") && Long.parseLong(name.substring(0, 20)) >= cut)) {
          Files.delete(file);
        }
      }
    }
  }

  /** The last checkpoint that the table has data of. */
  long lastCheckpoint(String table) throws IOException {
    long last = 0;
    for (long version = 0; version <= version(table); version++) {
      last = checkpoint(table, version).orElse(last);
    }
    return last;
  }

  void delete(String table) throws IOException {
    FolderTree.delete(root.resolve(table));
  }

  private static JsonNode removal(JsonNode add) {
    ObjectNode remove = JSON.createObjectNode();
    remove.put("path", add.path("path").asText());
    remove.put("deletionTimestamp", System.currentTimeMillis());
    remove.put("dataChange", true);
    return JSON.createObjectNode().set("remove", remove);
  }

  private void commit(String table, JsonNode... actions) throws IOException {
    List<String> lines = Stream.of(actions).map(JsonNode::toString).toList();
    Files.write(log(table).resolve(CommitFile.name(version(table) + 1)), lines);
  }

  private OptionalLong checkpoint(String table, long version) throws IOException {
    for (JsonNode action : actions(table, version)) {
      if (action.has("txn")) {
        return OptionalLong.of(action.at("/txn/version").longValue());
      }
    }
    return OptionalLong.empty();
  }

  private List<JsonNode> added(String table) throws IOException {
    List<JsonNode> added = new ArrayList<>();
    for (long version = 0; version <= version(table); version++) {
      for (JsonNode action : actions(table, version)) {
        if (action.has("add")) {
          added.add(action.get("add"));
        }
      }
    }
    return added;
  }

  private List<JsonNode> actions(String table, long version) throws IOException {
    List<JsonNode> actions = new ArrayList<>();
    for (String line : Files.readAllLines(log(table).resolve(CommitFile.name(version)))) {
      actions.add(JSON.readTree(line));
    }
    return actions;
  }

  private long version(String table) {
    return new DeltaTable(LakeFolder.uri(root.resolve(table))).version();
  }

  private Path log(String table) {
    return root.resolve(table).resolve("_delta_log");
  }

  private Path file(String table, String path) {
    return root.resolve(table).resolve(path);
  }

  private void rewrite(
      Path from, Path to, String table, Function<FileReadResult, FilteredColumnarBatch> change)
      throws IOException {
    Engine engine = DefaultEngine.create(new Configuration());
    FileStatus source = FileStatus.of(LakeFolder.uri(from), Files.size(from), 0);
    try (CloseableIterator<FileReadResult> batches =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(source), schema(table), Optional.empty())) {
      engine
          .getParquetHandler()
          .writeParquetFileAtomically(LakeFolder.uri(to), batches.map(change));
    }
  }

  private StructType schema(String table) {
    return new DeltaTable(LakeFolder.uri(root.resolve(table))).snapshot().getSchema();
  }

  private static FilteredColumnarBatch raised(FileReadResult read, StructField field) {
    int index = read.getData().getSchema().indexOf(field.getName());
    ColumnVector values = new Raised(read.getData().getColumnVector(index));
    return new FilteredColumnarBatch(
        read.getData().withDeletedColumnAt(index).withNewColumn(index, field, values),
        Optional.empty());
  }

  /** A selection of rows. */
  private record Selection(int size, IntPredicate stays) implements ColumnVector {

    @Override
    public DataType getDataType() {
      return BooleanType.BOOLEAN;
    }

    @Override
    public int getSize() {
      return size;
    }

    @Override
    public boolean isNullAt(int row) {
      return false;
    }

    @Override
    public boolean getBoolean(int row) {
      return stays.test(row);
    }

    @Override
    public void close() {}
  }

  private record Raised(ColumnVector values) implements ColumnVector {

    @Override
    public DataType getDataType() {
      return values.getDataType();
    }

    @Override
    public int getSize() {
      return values.getSize();
    }

    @Override
    public boolean isNullAt(int row) {
      return values.isNullAt(row);
    }

    @Override
    public double getDouble(int row) {
      return values.getDouble(row) + 1;
    }

    @Override
    public long getLong(int row) {
      return values.getLong(row) + 1;
    }

    @Override
    public void close() {
      values.close();
    }
  }
}
