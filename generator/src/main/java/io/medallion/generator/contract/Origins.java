package io.medallion.generator.contract;

import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.contract.JsonPath;
import io.medallion.contract.Origin;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an event has its time, its key, its id and its fields, of the places that the contract
 * allows: the first one, unless the field that is there is somewhere else already.
 */
final class Origins {

  private final Contract contract;
  private final Map<Role, Origin> chosen = new EnumMap<>(Role.class);
  private final Map<Field, JsonPath> places = new HashMap<>();

  Origins(Contract contract) {
    this.contract = contract;
    for (Role role : Role.values()) {
      for (Origin origin : role.origins(contract.event())) {
        if (!chosen.containsKey(role) && isFree(origin)) {
          chosen.put(role, origin);
          origin
              .single()
              .forEach(part -> fieldAt(part).ifPresent(at -> places.put(at, pathOf(part))));
        }
      }
    }
  }

  private boolean isFree(Origin origin) {
    return origin.single().allMatch(this::isFreeAlone);
  }

  private boolean isFreeAlone(Origin origin) {
    return fieldAt(origin)
        .map(field -> places.getOrDefault(field, pathOf(origin)).equals(pathOf(origin)))
        .orElse(true);
  }

  private Optional<Field> fieldAt(Origin origin) {
    return contract.fields().stream()
        .filter(field -> origin instanceof Origin.InField in && field.paths().contains(in.path()))
        .findFirst();
  }

  private static JsonPath pathOf(Origin origin) {
    return ((Origin.InField) origin).path();
  }

  /** Where the role's value is; empty if an event has none. */
  Optional<Origin> of(Role role) {
    return Optional.ofNullable(chosen.get(role));
  }

  /** Where the field's value is. */
  JsonPath placeOf(Field field) {
    return places.getOrDefault(field, field.paths().get(0));
  }

  /** All that a value there is taken for, also where another one is preferred to it. */
  Set<Role> rolesAt(JsonPath path) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      List<Origin> origins = role.origins(contract.event());
      if (origins.stream().flatMap(Origin::single).anyMatch(new Origin.InField(path)::equals)) {
        roles.add(role);
      }
    }
    return roles;
  }

  /** The one that decides what is there, of those whose value comes from there. */
  Optional<Role> firstAt(Origin origin) {
    return chosen.keySet().stream()
        .filter(role -> chosen.get(role).single().anyMatch(origin::equals))
        .findFirst();
  }
}
