package io.medallion.generator;

import java.time.Duration;

/**
 * How far a run is.
 *
 * @param sent events handed to the producer
 * @param acknowledged events that the broker has confirmed
 * @param failed events that it will not confirm any more
 * @param elapsed time since the first event
 */
public record GeneratorProgress(long sent, long acknowledged, long failed, Duration elapsed) {}
