package io.medallion.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gold is what Spark SQL makes of silver without the rows of late, in one batch: every window and
 * station, every column.
 *
 * <p>Counts, extremes and conditions are the same exactly. The job adds up whole millionths, which
 * is exact for measurements of up to six decimals, as the generator sends; Spark adds up decimals.
 * So a total may differ by the rounding to a double, and a mean by that of the division: {@value
 * #ROUNDING} allows for more than both. Only the wind vectors have terms that are rounded to half a
 * millionth each: the direction is off by no more than the angle that this sum of roundings makes
 * at the length of the sum, and there is none if the sum is not longer than a millionth an event.
 */
@ExtendWith(Shared.class)
class GoldRecomputedTest {

  private static final double ROUNDING = 1e-9;

  private static final String RECOMPUTED =
      """
      WITH on_time AS (
        SELECT *,
          timestamp_micros(unix_micros(eventTime) - pmod(unix_micros(eventTime), 1000000))
            AS windowStart,
          radians(22.5 * (array_position(
            array('N', 'NNE', 'NE', 'ENE', 'E', 'ESE', 'SE', 'SSE',
              'S', 'SSW', 'SW', 'WSW', 'W', 'WNW', 'NW', 'NNW'), windDirection) - 1)) AS windAngle,
          ${place} AS place
        FROM delta.`${silver}` LEFT ANTI JOIN delta.`${late}` USING (`partition`, `offset`)
      ),
      frequent AS (
        SELECT windowStart, place, conditions,
          row_number() OVER (
            PARTITION BY windowStart, place ORDER BY count(*) DESC, conditions) AS nth
        FROM on_time GROUP BY windowStart, place, conditions
      ),
      recomputed AS (
        SELECT windowStart, place,
          count(*) AS eventCount,
          count(DISTINCT stationId) AS stationCount,
          sum(CAST(temperature AS DECIMAL(28, 10))) AS temperatureSum,
          sum(CAST(humidity AS DECIMAL(28, 10))) AS humiditySum,
          sum(CAST(windSpeed AS DECIMAL(28, 10))) AS windSpeedSum,
          sum(CAST(precipitation AS DECIMAL(28, 10))) AS precipitationSum,
          min(temperature) AS minTemperature, max(temperature) AS maxTemperature,
          min(humidity) AS minHumidity, max(humidity) AS maxHumidity,
          min(windSpeed) AS minWindSpeed, max(windSpeed) AS maxWindSpeed,
          sum(windSpeed * sin(windAngle)) AS east,
          sum(windSpeed * cos(windAngle)) AS north
        FROM on_time GROUP BY windowStart, place
      ),
      winds AS (
        SELECT *, sqrt(east * east + north * north) AS wind,
          pmod(degrees(atan2(east, north)), 360) AS windDegrees
        FROM recomputed JOIN (SELECT windowStart, place, conditions FROM frequent WHERE nth = 1)
          USING (windowStart, place)
      )
      SELECT gold.*, winds.*
      FROM (SELECT *, ${place} AS place FROM delta.`${gold}`) AS gold
        FULL OUTER JOIN winds
        ON gold.windowStart = winds.windowStart AND gold.place = winds.place
      WHERE NOT coalesce(
        gold.windowEnd = winds.windowStart + INTERVAL 1 SECOND
        AND gold.eventCount = winds.eventCount
        AND ${stations}
        AND abs(gold.temperature - CAST(temperatureSum AS DOUBLE) / winds.eventCount) < ${rounding}
        AND abs(gold.humidity - CAST(humiditySum AS DOUBLE) / winds.eventCount) < ${rounding}
        AND abs(gold.windSpeed - CAST(windSpeedSum AS DOUBLE) / winds.eventCount) < ${rounding}
        AND abs(gold.precipitation - CAST(precipitationSum AS DOUBLE) / winds.eventCount)
          < ${rounding}
        AND abs(gold.totalPrecipitation - CAST(precipitationSum AS DOUBLE)) < ${rounding}
        AND gold.minTemperature = winds.minTemperature
        AND gold.maxTemperature = winds.maxTemperature
        AND gold.minHumidity = winds.minHumidity
        AND gold.maxHumidity = winds.maxHumidity
        AND gold.minWindSpeed = winds.minWindSpeed
        AND gold.maxWindSpeed = winds.maxWindSpeed
        AND gold.conditions = winds.conditions
        AND CASE
          WHEN gold.windDirectionDegrees IS NULL
            THEN gold.windDirection IS NULL AND wind < 2e-6 * winds.eventCount
          ELSE gold.windDirectionDegrees >= 0
            AND least(abs(gold.windDirectionDegrees - windDegrees),
              360 - abs(gold.windDirectionDegrees - windDegrees))
              < degrees(asin(least(1, 1e-6 * winds.eventCount / greatest(wind, 1e-300)))) + ${rounding}
            AND gold.windDirection = element_at(
              array('N', 'NNE', 'NE', 'ENE', 'E', 'ESE', 'SE', 'SSE',
                'S', 'SSW', 'SW', 'WSW', 'W', 'WNW', 'NW', 'NNW'),
              CAST(floor((gold.windDirectionDegrees + 11.25) / 22.5) % 16 AS INT) + 1)
          END,
        false)
      """;

  @ParameterizedTest
  @CsvSource({
    "gold/weather_by_station, stationId, true",
    "gold/weather_summary, 'all', gold.stationCount = winds.stationCount"
  })
  void goldIsWhatABatchEngineMakesOfSilver(
      String gold, String place, String stations, Lake lake, SparkResource spark) {
    Map<String, String> values =
        Map.of(
            "silver", lake.tables().path("silver").toString(),
            "late", lake.tables().path("late").toString(),
            "gold", lake.tables().path(gold).toString(),
            "place", place.equals("stationId") ? place : "'" + place + "'",
            "stations", stations,
            "rounding", Double.toString(ROUNDING));
    String query = RECOMPUTED;
    for (Map.Entry<String, String> value : values.entrySet()) {
      query = query.replace("${" + value.getKey() + "}", value.getValue());
    }

    Dataset<Row> different = spark.session().sql(query);

    assertThat(lake.tables().rows().get(gold)).hasSizeGreaterThan(1);
    List<String> rows = different.collectAsList().stream().map(GoldRecomputedTest::text).toList();
    assertThat(rows).as("rows of %s, and what they should be", gold).isEmpty();
  }

  private static String text(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> row.schema().fieldNames()[i] + "=" + row.get(i))
        .collect(Collectors.joining(", "));
  }
}
