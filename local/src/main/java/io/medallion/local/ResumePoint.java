package io.medallion.local;

import io.medallion.cli.WrongUse;
import io.medallion.job.preflight.SavedBackend;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * A complete checkpoint or savepoint of a lake's job.
 *
 * <p>Completeness is the presence of {@code _metadata}, which Flink writes last and atomically. Age
 * is the checkpoint id in its header: every run starts from the newest one and Flink counts on from
 * there, so that ids only ever grow over a lake's life, whatever the clock does.
 *
 * @param folder the folder to hand to Flink
 * @param checkpointId grows with every checkpoint and savepoint of the lake
 */
record ResumePoint(Path folder, long checkpointId) {

  /** Start of every metadata file: Flink's {@code Checkpoints.HEADER_MAGIC_NUMBER}. */
  private static final int MAGIC = 0x4960672d;

  private static final String METADATA = "_metadata";

  /**
   * The newest complete checkpoint or savepoint of the lake; none before its first one.
   *
   * @throws WrongUse if it is damaged; says how to go on from an older one
   */
  static Optional<ResumePoint> newest(LakeFolder lake) {
    List<ResumePoint> newestFirst = newestFirst(lake);
    newestFirst.stream().findFirst().ifPresent(newest -> newest.requireWhole(newestFirst));
    return newestFirst.stream().findFirst();
  }

  private static List<ResumePoint> newestFirst(LakeFolder lake) {
    List<Path> folders = new ArrayList<>(children(lake.savepoints()));
    for (Path job : children(lake.checkpoints())) {
      folders.addAll(children(job));
    }
    return folders.stream()
        .flatMap(folder -> read(folder).stream())
        .sorted(Comparator.comparingLong(ResumePoint::checkpointId).reversed())
        .toList();
  }

  /**
   * The only state backend that can read it, by its name in Flink's configuration; empty if any
   * can.
   */
  Optional<String> stateBackend() {
    try {
      return SavedBackend.of(load());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the checkpoint " + folder, e);
    }
  }

  private CheckpointMetadata load() throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(folder.resolve(METADATA))))) {
      return Checkpoints.loadCheckpointMetadata(in, getClass().getClassLoader(), folder.toString());
    }
  }

  private void requireWhole(List<ResumePoint> newestFirst) {
    try {
      load();
    } catch (IOException | RuntimeException e) {
      String wayOn =
          newestFirst.stream()
              .skip(1)
              .findFirst()
              .map(
                  older ->
                      "The one before it is %s (checkpoint %d): to go on from there, move the damaged one out of the lake and start once with --set sink.on.rewind=rollback, which puts the tables back to it; what came after is read again."
                          .formatted(older.folder(), older.checkpointId()))
              .orElse("There is no other one: choose another folder with --lake.");
      throw new WrongUse(
          "The newest checkpoint of the lake, %s (checkpoint %d), is damaged: its file %s can't be read (%s). %s"
              .formatted(folder, checkpointId, METADATA, e, wayOn));
    }
  }

  /**
   * Deletes all savepoints and checkpoints of the lake but the newest complete one, from which the
   * job goes on, and the one before it, in case the job cannot. State that checkpoints share stays
   * with them.
   */
  static void deleteOlder(LakeFolder lake) {
    Set<Path> kept =
        newestFirst(lake).stream().limit(2).map(ResumePoint::folder).collect(Collectors.toSet());
    deleteUnless(kept, children(lake.savepoints()));
    for (Path job : children(lake.checkpoints())) {
      List<Path> children = children(job);
      if (Collections.disjoint(kept, children)) {
        deleteUnless(kept, List.of(job));
      } else {
        deleteUnless(
            kept,
            children.stream()
                .filter(child -> child.getFileName().toString().startsWith("chk-"))
                .toList());
      }
    }
  }

  private static void deleteUnless(Set<Path> kept, List<Path> folders) {
    for (Path folder : folders) {
      if (!kept.contains(folder)) {
        try {
          FolderTree.delete(folder);
        } catch (IOException e) {
          throw new UncheckedIOException("Cannot delete the old checkpoint " + folder, e);
        }
      }
    }
  }

  private static Optional<ResumePoint> read(Path folder) {
    Path metadata = folder.resolve(METADATA);
    if (!Files.isRegularFile(metadata)) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
      int magic = in.readInt();
      int formatVersion = in.readInt();
      long checkpointId = in.readLong();
      return magic == MAGIC && formatVersion > 1
          ? Optional.of(new ResumePoint(folder, checkpointId))
          : Optional.empty();
    } catch (EOFException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the checkpoint metadata " + metadata, e);
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(children::add);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
    return children;
  }
}
