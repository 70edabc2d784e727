package io.medallion.generator.event;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.generator.noise.Hash;
import io.medallion.generator.weather.Reading;
import io.medallion.generator.weather.WeatherModel;
import java.util.Set;

/**
 * The events of the contract that ships: readings of weather stations that follow from a model.
 *
 * @param format which fields they have
 */
public record WeatherEvents(EventFormat format) implements EventSpec {

  /** Whether the events of a contract are those of the weather, whatever is made of them. */
  public static boolean are(Contract contract) {
    Contract weather = ContractReader.standard();
    return contract.event().equals(weather.event()) && contract.fields().equals(weather.fields());
  }

  @Override
  public String called() {
    return format == EventFormat.SEED ? "format seed" : "the weather";
  }

  @Override
  public boolean tellsTime() {
    return format == EventFormat.EXTENDED;
  }

  @Override
  public boolean hasId() {
    return format == EventFormat.EXTENDED;
  }

  @Override
  public long timeUnitMillis() {
    return 1;
  }

  @Override
  public Set<InvalidKind> invalidKinds() {
    return InvalidKind.in(format);
  }

  @Override
  public EventFactory factory(int senders, long seed, long startMillis) {
    return new Factory(format, new Stations(senders), seed, startMillis);
  }

  private static final class Factory implements EventFactory {

    private final EventFormat format;
    private final Stations stations;
    private final WeatherModel weather;
    private final EventEncoder encoder;
    private final Reading reading = new Reading();

    Factory(EventFormat format, Stations stations, long seed, long startMillis) {
      this.format = format;
      this.stations = stations;
      this.weather = new WeatherModel(stations.count(), Hash.of(seed, 2));
      this.encoder = new EventEncoder(format, stations, seed, startMillis);
    }

    @Override
    public EventMessage valid(int station, long time, long index, long draw) {
      weather.read(station, time, Hash.of(draw, 1), reading);
      byte[] body = encoder.encode(station, time, index, reading);
      return EventMessage.of(stations.name(station), body);
    }

    @Override
    public EventMessage broken(InvalidKind kind, int station, long time, long index, long draw) {
      EventMessage valid = valid(station, time, index, draw);
      return valid.withValue(InvalidEvents.make(kind, valid.value(), format, Hash.of(draw, 3)));
    }
  }
}
