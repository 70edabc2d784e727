package io.medallion.delta;

import java.util.Optional;

/**
 * What the sink keeps in a checkpoint.
 *
 * @param lineage the run, and those that it goes back to
 * @param lastSent the last commit that was asked for, by this run or one before it; empty if none
 *     was, or if the state was written by a release that did not note it
 */
record SinkState(Lineage lineage, Optional<CommitId> lastSent) {}
