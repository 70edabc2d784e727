package io.medallion.generator.contract;

import io.medallion.contract.EventForm;
import io.medallion.contract.Origin;
import java.util.List;

/** What a value is to the event besides being a field's. Where it is several, the first counts. */
enum Role {
  TIME,
  KEY,
  ID;

  /** Where it may come from, in order of preference. */
  List<Origin> origins(EventForm event) {
    return switch (this) {
      case TIME -> event.timeFrom();
      case KEY -> event.key().from();
      case ID -> event.id().from();
    };
  }
}
