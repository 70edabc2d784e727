package io.medallion.maintenance.contract.docs;

import static io.medallion.maintenance.contract.docs.Markdown.code;

import io.medallion.contract.Contract;
import io.medallion.contract.EventForm;
import io.medallion.contract.EventForm.Tolerance;
import io.medallion.contract.Field;
import io.medallion.contract.JsonPath;
import io.medallion.contract.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an event is: its fields, and where key, time and id come from. */
final class EventSection {

  private final Contract contract;
  private final EventForm event;
  private final OriginText origins;

  EventSection(Contract contract) {
    this.contract = contract;
    this.event = contract.event();
    this.origins = new OriginText(event);
  }

  void add(Markdown page, Optional<String> example) {
    page.block("## The event").block(form());
    example.ifPresent(text -> page.block("```json\n" + text + "\n```"));
    List<List<String>> rows = new ArrayList<>();
    for (Field field : contract.fields()) {
      FieldText text = new FieldText(event, field);
      rows.add(
          List.of(text.names(), text.jsonType(), Markdown.escaped(text.unit()), text.meaning()));
    }
    rows.addAll(originRows());
    page.table(List.of("field", "JSON type", "unit", ""), rows);
    page.block(origins.list(contract.keyColumn()));
    page.block("[Bodies](guarantees.md#bodies) says how numbers, texts and times are read.");
  }

  private String form() {
    Set<Tolerance> tolerated = event.tolerated();
    StringBuilder text = new StringBuilder();
    text.append(
            switch (event.records()) {
              case OBJECT -> "One event is the body of one record of the Event Hub: a JSON object";
              case ARRAY ->
                  "The body of a record of the Event Hub is an array of events, or one: JSON objects";
              case LINES ->
                  "Each line of the body of a record of the Event Hub is an event: a JSON object";
            })
        .append(" (RFC 8259, UTF-8, ")
        .append(tolerated.contains(Tolerance.BYTE_ORDER_MARK) ? "with or without a" : "no")
        .append(" byte order mark).");
    if (tolerated.contains(Tolerance.GZIP)) {
      text.append(" It may be compressed with gzip.");
    }
    if (tolerated.contains(Tolerance.NULS)) {
      text.append(" NULs after it do not count.");
    }
    event
        .encoding()
        .ifPresent(encoding -> text.append(" The data is in a text, as %s.".formatted(encoding)));
    event
        .data()
        .ifPresent(
            path ->
                text.append(
                    "\nThe body is an envelope: names below are of the object at %s in it, unless they begin with a slash."
                        .formatted(code(path.toString()))));
    return text.toString();
  }

  /** The places that key, time and id come from, but those that are a field's too. */
  private List<List<String>> originRows() {
    Set<JsonPath> told = new HashSet<>();
    contract.fields().forEach(field -> told.addAll(field.paths()));
    List<List<String>> rows = new ArrayList<>();
    addRows(rows, told, event.key().from(), origins.keyType(), "the key: not empty");
    addRows(rows, told, event.timeFrom(), origins.timeType(), "the time: " + origins.timeFormat());
    addRows(rows, told, event.id().from(), origins.idType(), "the id: a blank one is none");
    return rows;
  }

  private void addRows(
      List<List<String>> rows, Set<JsonPath> told, List<Origin> from, String type, String meaning) {
    for (Origin origin : from.stream().flatMap(Origin::single).toList()) {
      if (origin instanceof Origin.InField field && told.add(field.path())) {
        rows.add(List.of(code(event.written(field.path())), type, "", "optional; " + meaning));
      }
    }
  }
}
