package io.medallion.delta;

import java.util.List;

/**
 * All files of one checkpoint: what becomes one version of the table.
 *
 * <p>It carries the lineage under which its files were written, so that a committable restored into
 * a later run still commits as what it is.
 *
 * @param lineage the run that wrote the files
 * @param checkpointId the checkpoint whose barrier followed the files
 * @param files never empty
 */
record DeltaCommittable(Lineage lineage, long checkpointId, List<DataFile> files) {

  DeltaCommittable {
    files = List.copyOf(files);
  }

  long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  long bytes() {
    return files.stream().mapToLong(DataFile::size).sum();
  }

  @Override
  public String toString() {
    return "checkpoint "
        + checkpointId
        + " of epoch "
        + lineage.epoch()
        + " ("
        + files.size()
        + " files, "
        + rows()
        + " rows)";
  }
}
