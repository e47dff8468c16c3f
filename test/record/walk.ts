import { type Definition, type Facts, guardNames } from '../../src/record/definition.ts';
import { begin, type Machine, step } from '../../src/record/machine.ts';

/** One transition as it was taken: `guard` is the fact that decided, if one did. */
export type Hop = { from: string; result: string; guard: string | undefined; effects: string[]; to: string };
/** Hops from the first stage to an end, or to a stage that the path has been at before. */
export type Path = Hop[];

export const noFacts = Object.fromEntries(guardNames.map((name) => [name, false])) as Facts;

/** Every result of a stage, with every combination of the facts that its targets ask for. */
export function hopsFrom(machine: Machine, definition: Definition, from: string): Hop[] {
  const hops = Object.entries(definition.stages[from]?.results ?? {}).flatMap(([result, targets]) => {
    const asked = targets.flatMap((t) => t.when ?? []);
    return combinations(asked).map((true_ones): Hop => {
      const facts = { ...noFacts, ...Object.fromEntries(true_ones.map((name) => [name, true])) };
      const taken = step(machine, { stage: from, epoch: 1 }, { type: result, facts })!;
      const guard = targets.find((t) => !t.when || facts[t.when])?.when;
      return { from, result, guard, effects: taken.effects, to: taken.stage };
    });
  });
  return [...new Map(hops.map((hop) => [line([hop]), hop])).values()];
}

/** Every path that visits no stage twice, with the hop that closes it. */
export function simplePaths(machine: Machine, definition: Definition): Path[] {
  const found: Path[] = [];
  const walk = (stage: string, before: Path) => {
    for (const hop of hopsFrom(machine, definition, stage)) {
      const path = [...before, hop];
      const seen = path.some((h) => h.from === hop.to);
      if (seen || definition.ends.includes(hop.to)) found.push(path);
      else walk(hop.to, path);
    }
  };
  walk(begin(machine).stage, []);
  return found;
}

/** `fix done > remeasure measured > verdict rejected [at limit] / revert > report reported > completed` */
export function line(path: Path): string {
  const hops = path.map(({ from, result, guard, effects }) =>
    [from, result, ...(guard ? [`[${guard.replace(/_/g, ' ')}]`] : []), ...effects.map((e) => `/ ${e}`)].join(' '),
  );
  return `${hops.join(' > ')} > ${path.at(-1)!.to}`;
}

function combinations<T>(items: T[]): T[][] {
  return items.reduce<T[][]>((all, item) => all.flatMap((some) => [some, [...some, item]]), [[]]);
}
