// Names in PromQL expressions.
import { parser } from '@prometheus-io/lezer-promql';

/** The metrics that an expression selects; throws if it is not PromQL. */
export function metricsOf(expression) {
  const metrics = new Set();
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) {
        throw new Error(`Not PromQL at character ${node.from}: ${expression}`);
      }
      if (node.name === 'VectorSelector') {
        const name = node.node.getChild('Identifier');
        if (!name) {
          throw new Error(`A selector without a metric's name: ${expression}`);
        }
        metrics.add(expression.slice(name.from, name.to));
      }
    },
  });
  return metrics;
}
