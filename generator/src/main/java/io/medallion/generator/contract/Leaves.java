package io.medallion.generator.contract;

import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.contract.JsonPath;
import io.medallion.contract.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which values the body of an event has: key, time and id, then the fields. */
final class Leaves {

  /** Salts of neighbours are used for other draws of the same leaf. */
  private static final int SALTS_A_LEAF = 4;

  private final Contract contract;
  private final Origins origins;
  private final RoleValues values;
  private final Acceptance acceptance;
  private final List<Leaf> leaves = new ArrayList<>();

  private Leaves(Contract contract, Origins origins) {
    this.contract = contract;
    this.origins = origins;
    this.values = new RoleValues(contract.event());
    this.acceptance = new Acceptance(contract.event());
  }

  /**
   * @throws IllegalArgumentException if the contract allows no event
   */
  static List<Leaf> of(Contract contract, Origins origins) {
    Leaves leaves = new Leaves(contract, origins);
    leaves.addRoles();
    leaves.addFields();
    return List.copyOf(leaves.leaves);
  }

  /** The places of key, time and id that are no field's. */
  private void addRoles() {
    Set<JsonPath> ofFields = new HashSet<>();
    contract.fields().forEach(field -> ofFields.addAll(field.paths()));
    Set<JsonPath> added = new HashSet<>();
    for (Role role : List.of(Role.KEY, Role.TIME, Role.ID)) {
      for (Origin origin : origins.of(role).stream().flatMap(Origin::single).toList()) {
        if (origin instanceof Origin.InField in
            && !ofFields.contains(in.path())
            && added.add(in.path())) {
          add(in.path(), Optional.empty(), true);
        }
      }
    }
  }

  private void addFields() {
    for (Field field : contract.fields()) {
      JsonPath path = origins.placeOf(field);
      boolean isNeeded = field.required() || origins.firstAt(new Origin.InField(path)).isPresent();
      add(path, Optional.of(field), isNeeded);
    }
  }

  /** An optional field that can have no value is left out. */
  private void add(JsonPath path, Optional<Field> field, boolean isNeeded) {
    Set<Role> roles = origins.rolesAt(path);
    long salt = (long) SALTS_A_LEAF * (leaves.size() + 1);
    Optional<ValueMaker> maker =
        roles.isEmpty()
            ? FieldValues.of(field.orElseThrow(), salt, acceptance::samples)
            : ofRoles(path, roles, field);
    if (maker.isEmpty() && isNeeded) {
      throw new IllegalArgumentException(
          "the contract %s allows no event: no value of '%s' is right for all that it declares there"
              .formatted(contract.name(), path));
    }
    maker.ifPresent(value -> leaves.add(new Leaf(path, field, roles, value, !isNeeded, salt)));
  }

  private Optional<ValueMaker> ofRoles(JsonPath path, Set<Role> roles, Optional<Field> field) {
    Role first = origins.firstAt(new Origin.InField(path)).orElse(roles.iterator().next());
    return values.inBody(first, field).stream()
        .filter(form -> acceptance.accepts(first, form, roles, field))
        .findFirst()
        .map(RoleValues.Form::json);
  }
}
