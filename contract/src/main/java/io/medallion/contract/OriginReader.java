package io.medallion.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where key, time and id come from. */
final class OriginReader {

  private final Optional<JsonPath> data;
  private final Paths taken;

  /**
   * @param data below which names are, unless they begin with a slash
   */
  OriginReader(Optional<JsonPath> data, Paths taken) {
    this.data = data;
    this.taken = taken;
  }

  /** In order of preference; a list within the list is joined. */
  List<Origin> ofKey(YamlNode node) {
    List<Origin> origins = new ArrayList<>();
    for (YamlNode item : node.list()) {
      add(origins, item, item.isList() ? joined(item) : ofKeyAlone(item));
    }
    return origins;
  }

  private Origin joined(YamlNode node) {
    List<Origin> parts = new ArrayList<>();
    node.list().forEach(item -> add(parts, item, ofKeyAlone(item)));
    if (parts.size() < 2) {
      throw node.error("a key that is joined has at least two parts");
    }
    return new Origin.Joined(parts);
  }

  private Origin ofKeyAlone(YamlNode item) {
    Origin origin = origin(item);
    if (origin instanceof Origin.EnqueuedTime) {
      throw item.error("the enqueued time groups no events");
    }
    return origin;
  }

  List<Origin> ofTime(YamlNode node) {
    List<Origin> origins = new ArrayList<>();
    node.list().forEach(item -> add(origins, item, origin(item)));
    return origins;
  }

  List<Origin> ofId(YamlNode node) {
    List<Origin> origins = ofTime(node);
    if (origins.stream().anyMatch(Origin.EnqueuedTime.class::isInstance)) {
      throw node.error("the enqueued time is no id: many events may have the same");
    }
    return origins;
  }

  private static void add(List<Origin> origins, YamlNode item, Origin origin) {
    if (origins.contains(origin)) {
      String written =
          item.isList()
              ? item.list().stream().map(YamlNode::text).toList().toString()
              : item.text();
      throw item.error("'%s' is there twice", written);
    }
    origins.add(origin);
  }

  private Origin origin(YamlNode item) {
    if (item.isList()) {
      throw item.error("only a key is joined of several values");
    }
    Origin origin = item.parsed(Origin::parse, Origin.ALLOWED);
    if (origin instanceof Origin.InField from) {
      boolean isWhole = item.text().strip().matches("field\\s+/.*");
      JsonPath path = isWhole ? from.path() : data.map(from.path()::below).orElse(from.path());
      taken.addOrigin(item, path);
      return new Origin.InField(path);
    }
    return origin;
  }
}
