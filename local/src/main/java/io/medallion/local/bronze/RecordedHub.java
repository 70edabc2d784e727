package io.medallion.local.bronze;

import io.medallion.job.hub.HubName;
import java.io.Serializable;
import java.util.List;

/**
 * What bronze has of one of the Event Hubs that the lake was read from.
 *
 * @param records that there are, each once
 */
public record RecordedHub(HubName name, List<RecordedPartition> partitions, long records)
    implements Serializable {

  public RecordedHub {
    partitions = List.copyOf(partitions);
  }
}
