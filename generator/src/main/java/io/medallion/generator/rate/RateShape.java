package io.medallion.generator.rate;

/**
 * How the rate of events changes over time. Time is in periods and events are in rate times period,
 * so that an unchanging rate is the diagonal: after {@code x} periods, {@code x} are due.
 *
 * <p>{@link #timeOf} is the inverse of {@link #eventsBy}; both grow strictly.
 */
public enum RateShape {
  /** The rate, all the time. */
  CONSTANT {
    @Override
    double eventsBy(double time) {
      return time;
    }

    @Override
    double timeOf(double events) {
      return events;
    }
  },

  /** Rises evenly from nothing to the rate over the first period, then stays there. */
  RAMP {
    @Override
    double eventsBy(double time) {
      return time <= 1 ? time * time / 2 : time - 0.5;
    }

    @Override
    double timeOf(double events) {
      return events <= 0.5 ? Math.sqrt(2 * events) : events + 0.5;
    }
  },

  /**
   * In each period 5.5 times the rate for the first tenth, then half of it: the mean is the rate.
   */
  BURST {
    @Override
    double eventsBy(double time) {
      double periods = Math.floor(time);
      double rest = time - periods;
      return periods
          + (rest < BURST_TIME
              ? rest * BURST_EVENTS / BURST_TIME
              : BURST_EVENTS + (rest - BURST_TIME) * (1 - BURST_EVENTS) / (1 - BURST_TIME));
    }

    @Override
    double timeOf(double events) {
      double periods = Math.floor(events);
      double rest = events - periods;
      return periods
          + (rest < BURST_EVENTS
              ? rest * BURST_TIME / BURST_EVENTS
              : BURST_TIME + (rest - BURST_EVENTS) * (1 - BURST_TIME) / (1 - BURST_EVENTS));
    }
  },

  /**
   * A day's wave in each period, from 0.2 times the rate at its ends to 1.8 times in its middle;
   * the mean is the rate.
   */
  DIURNAL {
    @Override
    double eventsBy(double time) {
      double angle = 2 * Math.PI * time;
      return (angle - SWING * Math.sin(angle)) / (2 * Math.PI);
    }

    /** Kepler's equation, which Newton's method solves in a few steps from Danby's start value. */
    @Override
    double timeOf(double events) {
      double mean = 2 * Math.PI * (events - Math.floor(events));
      double angle = mean + 0.85 * SWING * Math.signum(Math.sin(mean));
      for (int step = 0; step < MAX_STEPS; step++) {
        double change = (angle - SWING * Math.sin(angle) - mean) / (1 - SWING * Math.cos(angle));
        angle -= change;
        if (Math.abs(change) < PRECISION) {
          break;
        }
      }
      return Math.floor(events) + angle / (2 * Math.PI);
    }
  };

  private static final double BURST_TIME = 0.1;
  private static final double BURST_EVENTS = 0.55;
  private static final double SWING = 0.8;
  private static final double PRECISION = 1e-13;
  private static final int MAX_STEPS = 30;

  /** How many events are due by a time. */
  abstract double eventsBy(double time);

  /** By when so many events are due. */
  abstract double timeOf(double events);
}
