package io.medallion.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BasePrimitiveType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
    StringBuilder place = new StringBuilder();
    replace(table, added(table).get(0), read -> withoutFirst(read.getData(), place));
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
      replace(table, file, read -> without(newest, read.getData()));
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
    StructField field = schema(table).get(column);
    replace(table, largest(table), read -> raised(read, field));
  }

  /** All rows of a small one may have no value in a column. */
  private JsonNode largest(String table) throws IOException {
    return added(table).stream()
        .max(Comparator.comparingLong(file -> file.path("size").asLong()))
        .orElseThrow();
  }

  /**
   * Changes one value of each column that has one, each in another row of the table's largest file.
   *
   * @param but columns that are left alone
   * @return the others' names
   */
  List<String> changeEach(String table, Set<String> but) throws IOException {
    List<String> changed = new ArrayList<>();
    replace(
        table,
        largest(table),
        read -> new FilteredColumnarBatch(changed(read.getData(), but, changed), Optional.empty()));
    return changed;
  }

  private static ColumnarBatch changed(ColumnarBatch batch, Set<String> but, List<String> changed) {
    ColumnarBatch result = batch;
    Set<Integer> rows = new HashSet<>();
    for (int i = 0; i < batch.getSchema().length(); i++) {
      StructField field = batch.getSchema().at(i);
      ColumnVector values = batch.getColumnVector(i);
      int row = 0;
      while (row < batch.getSize() && (values.isNullAt(row) || rows.contains(row))) {
        row++;
      }
      if (!but.contains(field.getName())
          && !changed.contains(field.getName())
          && row < batch.getSize()) {
        rows.add(row);
        changed.add(field.getName());
        int only = row;
        result =
            result
                .withDeletedColumnAt(i)
                .withNewColumn(i, field, new Raised(values, each -> each == only));
      }
    }
    return result;
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

  /** Has the log say something else of one of the table's files. */
  void lie(String table, String kind, String column, String value) throws IOException {
    ObjectNode add = added(table).get(0).deepCopy();
    ObjectNode statistics = (ObjectNode) JSON.readTree(add.path("stats").asText());
    ((ObjectNode) statistics.path(kind)).set(column, JSON.readTree(value));
    commit(table, JSON.createObjectNode().set("add", add.put("stats", statistics.toString())));
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

  /** Replaces a file by one with other rows, and statistics of those. */
  private void replace(
      String table, JsonNode file, Function<FileReadResult, FilteredColumnarBatch> change)
      throws IOException {
    Path from = file(table, file.path("path").asText());
    Engine engine = DefaultEngine.create(new Configuration());
    StructType schema = schema(table);
    FileStatus source = FileStatus.of(LakeFolder.uri(from), Files.size(from), 0);
    try (CloseableIterator<FileReadResult> batches =
            engine
                .getParquetHandler()
                .readParquetFiles(
                    Utils.singletonCloseableIterator(source), schema, Optional.empty());
        CloseableIterator<DataFileStatus> written =
            engine
                .getParquetHandler()
                .writeParquetFiles(
                    LakeFolder.uri(from.getParent()), batches.map(change), bounded(schema))) {
      DataFileStatus status = written.next();
      if (status.getStatistics().orElseThrow().getNumRecords() == 0) {
        commit(table, removal(file));
        return;
      }
      Path to = Path.of(URI.create(status.getPath()).getPath());
      ObjectNode add = file.deepCopy();
      add.put("path", root.resolve(table).relativize(to).toString());
      add.put("size", status.getSize());
      add.put("stats", status.getStatistics().orElseThrow().serializeAsJson(schema));
      commit(table, removal(file), JSON.createObjectNode().set("add", add));
    }
  }

  private static List<Column> bounded(StructType schema) {
    return schema.fields().stream()
        .filter(
            field ->
                field.getDataType() instanceof BasePrimitiveType
                    && !(field.getDataType() instanceof BinaryType))
        .map(field -> new Column(field.getName()))
        .toList();
  }

  private StructType schema(String table) {
    return new DeltaTable(LakeFolder.uri(root.resolve(table))).snapshot().getSchema();
  }

  private static FilteredColumnarBatch raised(FileReadResult read, StructField field) {
    int index = read.getData().getSchema().indexOf(field.getName());
    ColumnVector values = new Raised(read.getData().getColumnVector(index), row -> true);
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

  private record Raised(ColumnVector values, IntPredicate which) implements ColumnVector {

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
      return values.getDouble(row) + (which.test(row) ? 1 : 0);
    }

    @Override
    public long getLong(int row) {
      return values.getLong(row) + (which.test(row) ? 1 : 0);
    }

    @Override
    public int getInt(int row) {
      return values.getInt(row) + (which.test(row) ? 1 : 0);
    }

    @Override
    public boolean getBoolean(int row) {
      return values.getBoolean(row) ^ which.test(row);
    }

    @Override
    public String getString(int row) {
      return values.getString(row) + (which.test(row) ? "x" : "");
    }

    @Override
    public byte[] getBinary(int row) {
      byte[] bytes = values.getBinary(row);
      return which.test(row) ? Arrays.copyOf(bytes, bytes.length + 1) : bytes;
    }

    @Override
    public ArrayValue getArray(int row) {
      return values.getArray(row);
    }

    @Override
    public void close() {
      values.close();
    }
  }
}
