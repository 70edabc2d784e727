package io.medallion.conformance;

import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests, as parameters, what is expensive to make: made when first asked for, once for all
 * test classes, closed at the end.
 */
final class Shared implements ParameterResolver {

  private static final Map<Class<?>, Callable<?>> FACTORIES =
      Map.of(
          SparkResource.class, SparkResource::start,
          SampleTables.class, SampleTables::write,
          Lake.class, Lake::fill);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return FACTORIES.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Shared.class))
        .computeIfAbsent(parameter.getParameter().getType(), Shared::make);
  }

  private static Object make(Class<?> type) {
    try {
      return FACTORIES.get(type).call();
    } catch (Exception e) {
      throw new IllegalStateException("Could not make " + type.getSimpleName(), e);
    }
  }
}
