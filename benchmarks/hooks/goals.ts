import { type Figure, figureOf } from '../shared/figure.ts';

/** A promise of the plugin, with its figure. `unclear`: the interval contains the limit. */
export type Goal = { goal: string; figure: Figure; most: number; reached: 'reached' | 'missed' | 'unclear' };

/** Milliseconds of each round by name, with the reference. */
type Rounds = Map<string, number[]>;

/** `end`: the event that has a separate limit. */
export function goalsOf(idle: Rounds, driven: Rounds, names: { shell: string; node: string; end: string }): Goal[] {
  const { shell, node, end } = names;
  const per = (rounds: Rounds, reference: string, cost: (ms: number) => number) =>
    [...rounds]
      .filter(([name]) => name !== reference && name !== end)
      .map(([name, values]) => ({ name, values: values.map((ms, i) => cost(ms) / rounds.get(reference)![i]!) }));
  return [
    ...per(idle, shell, (ms) => ms - 3).map(({ name, values }) =>
      goal(`without a run, ${name}: at most 1.5 × ${shell} and 3 ms`, values, 1.5),
    ),
    goal(`${end}: under 10 ms`, idle.get(end)!, 10),
    ...per(driven, node, (ms) => ms).map(({ name, values }) =>
      goal(`with a run, ${name}: at most 1.6 × ${node}`, values, 1.6),
    ),
  ];
}

function goal(text: string, values: readonly number[], most: number): Goal {
  const figure = figureOf(values);
  const reached = figure.high <= most ? 'reached' : figure.low > most ? 'missed' : 'unclear';
  return { goal: text, figure, most, reached };
}
