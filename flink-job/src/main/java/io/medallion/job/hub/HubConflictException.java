package io.medallion.job.hub;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * The Event Hub is not the one that the job's state is of, or no longer has what the job has to
 * read next. Starting the job again changes nothing, so Flink ends it at once: the message says
 * what was found and how to go on.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class HubConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public HubConflictException(String message) {
    super(message);
  }

  /**
   * Another Event Hub under the same name.
   *
   * @param generation of the hub that was read
   */
  public static HubConflictException otherHub(String topic, int generation, String difference) {
    return new HubConflictException(
        "The Event Hub '%s' is not the one that the job's state is of: %s. It was deleted and created anew, is another namespace's, or lost records. Nothing of it is committed. Connect the job to the hub that it read before; or, to go on with this one and keep what the lake has, start from the same state with source.generation = %d and --allowNonRestoredState: it is then read from source.starting.offsets on, and its rows have the eventHub '%s@%3$d'"
            .formatted(topic, difference, generation + 1, topic));
  }

  /** The settings name another Event Hub than the state is of. */
  public static HubConflictException otherTopic(String known, String topic, int generation) {
    return new HubConflictException(
        "The job's state is of the Event Hub '%s', but source.topic is '%s'. Set source.topic as it was; or, to go on with '%2$s' and keep what the lake has, start from the same state with source.generation = %d and --allowNonRestoredState"
            .formatted(known, topic, generation + 1));
  }
}
