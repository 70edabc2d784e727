package io.medallion.delta;

import java.util.List;
import java.util.Optional;

/**
 * All files of one checkpoint: what becomes one version of the table.
 *
 * <p>It carries the lineage under which its files were written, so that a committable restored into
 * a later run still commits as what it is.
 *
 * @param lineage the run that wrote the files
 * @param checkpointId the checkpoint whose barrier followed the files
 * @param previous the commit that was asked for before this one: if the table lacks it, somebody
 *     put the table back. Empty if there is none, or it is not known
 * @param isCheck whether nothing is to be committed, and only to be looked whether the table has
 *     the previous commit
 * @param files may be none: then the commit says that the table is right as it is
 */
record DeltaCommittable(
    Lineage lineage,
    long checkpointId,
    Optional<CommitId> previous,
    boolean isCheck,
    List<DataFile> files) {

  DeltaCommittable {
    files = List.copyOf(files);
  }

  CommitId id() {
    return new CommitId(lineage.epoch(), checkpointId);
  }

  long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  long bytes() {
    return files.stream().mapToLong(DataFile::size).sum();
  }

  @Override
  public String toString() {
    return id() + " (" + files.size() + " files, " + rows() + " rows)";
  }
}
