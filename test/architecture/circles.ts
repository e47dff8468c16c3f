import { type Source, targetsOf } from './source.ts';

type Graph = Map<string, string[]>;

/** Imports of types and dynamic imports count too: who reads a file of the circle has to read them all. */
export const noCircle = (sources: Source[]): string[] => {
  const paths = new Set(sources.map(({ path }) => path));
  const graph: Graph = new Map(
    sources.map((source) => [source.path, [...new Set(targetsOf(source))].filter((to) => paths.has(to))]),
  );
  return knots(graph).map((knot) => {
    const round = shortestRound(graph, knot);
    const others = knot.length - round.length + 1;
    return `${round[0]}: imports itself: ${round.join(' → ')}${others > 0 ? ` (${others} more hang on it)` : ''}`;
  });
};

/** Sets of files that all reach each other, by Tarjan's algorithm. Each is sorted. */
function knots(graph: Graph): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    for (const next of graph.get(node)!) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const knot = stack.splice(stack.indexOf(node));
    if (knot.length > 1 || graph.get(node)!.includes(node)) found.push(knot.sort());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}

/** The shortest way from the first file of the knot back to it. */
function shortestRound(graph: Graph, knot: string[]): string[] {
  const first = knot[0]!;
  const ways = [[first]];
  const seen = new Set<string>();
  for (const way of ways)
    for (const next of graph.get(way.at(-1)!)!) {
      if (next === first) return [...way, first];
      if (seen.has(next) || !knot.includes(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  return knot;
}
