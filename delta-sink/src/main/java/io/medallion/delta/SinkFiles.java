package io.medallion.delta;

import io.delta.kernel.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What will become of a data file that no version of the table refers to, by its name ({@link
 * DataFileFactory}) and by what the sink has committed: for those who clean up.
 *
 * <p>A file's rows belong to the first barrier after the checkpoint in its name. Commits of an
 * epoch come in the order of their checkpoints. So once a later checkpoint of the epoch is
 * committed, the file is either in the table or never will be.
 *
 * <p>Says what held of the version of the table that it was made of. Immutable.
 */
public final class SinkFiles {

  private static final Pattern NAME = Pattern.compile("part-([^-]{8})-after(\\d{1,18})-.*");

  /** What is known of a file that no version refers to. */
  public enum Fate {
    /** Nobody will ever commit it: an attempt that wrote it failed. */
    SETTLED,
    /** The job that owns the table may commit it: now, or when it is restored. */
    PENDING,
    /**
     * A run wrote it that does not own the table any more. It could be committed only if the job is
     * put back to a checkpoint of that run.
     */
    SUPERSEDED,
    /** It is not of a run of the sink that is known. */
    UNKNOWN
  }

  private final Optional<Lineage> owner;
  private final Map<String, Long> committed;
  private final Set<String> epochs;

  private SinkFiles(Optional<Lineage> owner, Map<String, Long> committed, List<String> before) {
    this.owner = owner;
    this.committed = committed;
    this.epochs = new LinkedHashSet<>(committed.keySet());
    owner.ifPresent(run -> epochs.addAll(run.newestFirst()));
    epochs.addAll(before);
  }

  /**
   * Looks into a version of the table.
   *
   * @param tablePath the table's root
   * @param sinkName as in {@link DeltaSinkBuilder#name}
   * @param hadoopConf Hadoop settings on top of those on the class path
   */
  public static SinkFiles of(
      Snapshot table, String tablePath, String sinkName, Map<String, String> hadoopConf) {
    TableLog log = new TableLog(TableSpec.of(table, tablePath, hadoopConf), sinkName);
    Optional<Lineage> owner = log.owner(table);
    Map<String, Long> committed =
        owner.map(run -> log.commits(table, run).committed()).orElse(Map.of());
    return new SinkFiles(owner, committed, log.ownersBefore(table));
  }

  /**
   * What is known of a file.
   *
   * @param fileName without its folder
   */
  public Fate fate(String fileName) {
    Matcher name = NAME.matcher(fileName);
    if (!name.matches()) {
      return Fate.UNKNOWN;
    }
    // A run may have several epochs, all with the same beginning.
    List<String> ofRun = new ArrayList<>(epochs);
    ofRun.removeIf(epoch -> !epoch.startsWith(name.group(1)));
    if (ofRun.isEmpty()) {
      return Fate.UNKNOWN;
    }
    long after = Long.parseLong(name.group(2));
    if (ofRun.stream().anyMatch(epoch -> mayCommit(epoch, after))) {
      return Fate.PENDING;
    }
    return ofRun.stream().allMatch(epoch -> after < last(epoch)) ? Fate.SETTLED : Fate.SUPERSEDED;
  }

  private boolean mayCommit(String epoch, long after) {
    if (owner.isEmpty() || after < last(epoch)) {
      return false;
    }
    return owner.get().epoch().equals(epoch) || after < owner.get().leftAt(epoch).orElse(0);
  }

  private long last(String epoch) {
    return committed.getOrDefault(epoch, 0L);
  }
}
