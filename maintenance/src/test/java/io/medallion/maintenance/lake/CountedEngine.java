package io.medallion.maintenance.lake;

import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** An engine that notes what is asked of storage, and can let something happen in between. */
final class CountedEngine implements Engine {

  private final Engine engine;
  private final List<String> operations = new ArrayList<>();

  private Runnable meanwhile = () -> {};

  CountedEngine(Engine engine) {
    this.engine = engine;
  }

  /** What was asked since the last call, in order. */
  List<String> operations() {
    List<String> since = List.copyOf(operations);
    operations.clear();
    return since;
  }

  /** Runs once, after the next operation. */
  void afterTheNext(Runnable happens) {
    meanwhile = happens;
  }

  @Override
  public FileSystemClient getFileSystemClient() {
    return counted(FileSystemClient.class, engine.getFileSystemClient());
  }

  @Override
  public JsonHandler getJsonHandler() {
    return counted(JsonHandler.class, engine.getJsonHandler());
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return counted(ParquetHandler.class, engine.getParquetHandler());
  }

  @Override
  public ExpressionHandler getExpressionHandler() {
    return engine.getExpressionHandler();
  }

  private <T> T counted(Class<T> type, T handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              operations.add(method.getName());
              try {
                return method.invoke(handler, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                Runnable happens = meanwhile;
                meanwhile = () -> {};
                happens.run();
              }
            }));
  }
}
