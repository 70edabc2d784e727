package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.TimeRange;

/**
 * What is audited.
 *
 * @param range of enqueued times, and of windows as a whole
 * @param partitions has those of bronze already
 * @param progress is told of each row that is read
 */
record Scope(
    LakeVersion lake,
    TimeRange range,
    Partitions partitions,
    EventPlaces places,
    Progress progress) {}
