import { join } from 'node:path';
import { writeDurable } from '../../src/core/fs.ts';
import { median } from '../../src/stats/robust.ts';
import type { Place } from '../shared/bench.ts';
import { type Figure, figureOf, ratioOf } from '../shared/figure.ts';
import { inTurn } from '../shared/in-turn.ts';
import { handlerOf, type Raised, raised } from './events.ts';
import type { Project } from './projects.ts';

/** The cost of an event: its wall time, and its ratio to the reference. */
export type Cost = { event: string; wall_ms: Figure; ratio: Figure };
/** A program that does nothing; the hooks are compared with it. */
type Reference = { name: string; argv: [string, ...string[]] };

/** Runs a hook with input: a shell redirects the file and then becomes the hook (`exec`). The shell's time is subtracted. */
export const given = (file: string, argv: string[]): [string, ...string[]] => [
  'sh',
  '-c',
  'exec "$@" <"$0"',
  file,
  ...argv,
];

/** Measures the hooks of a project in turn with a program that does nothing, which is the reference in the first line. */
export async function costs(
  place: Place,
  project: Project,
  reference: Reference,
  rounds: number,
): Promise<{ costs: Cost[]; exact: Map<string, number[]> }> {
  const empty = ['sh', '-c', ':'] as [string, ...string[]];
  const file = (name: string, text: string) => {
    const path = join(place.dir, `${name.replace(/\W/g, '-')}.json`);
    writeDurable(path, text);
    return path;
  };
  const nothing = file('nothing', '');
  const subjects = [
    { name: reference.name, argv: reference.argv },
    { name: PLAIN, argv: empty },
    { name: WRAPPED, argv: given(nothing, empty) },
    ...raised.map((event) => ({
      name: event.name,
      argv: given(file(event.name, input(event, project)), handlerOf(event)),
    })),
  ].map(({ name, argv }) => ({ name, take: () => timed(place, project, argv) }));
  const seen = await inTurn(subjects, rounds);
  const wrapper = median(seen.get(WRAPPED)!) - median(seen.get(PLAIN)!);
  const base = seen.get(reference.name)!;
  const exact = new Map(raised.map(({ name }) => [name, seen.get(name)!.map((ms) => ms - wrapper)]));
  const lines: [string, number[]][] = [[reference.name, base], ...exact];
  return {
    costs: lines.map(([event, values]) => ({ event, wall_ms: figureOf(values), ratio: ratioOf(values, base) })),
    exact: new Map([...exact, [reference.name, base]]),
  };
}

const PLAIN = 'an empty shell';
const WRAPPED = 'an empty shell, given input';

const input = ({ told, event }: Raised, { dir }: Project) =>
  JSON.stringify({ ...told, cwd: dir, hook_event_name: event });

async function timed({ setup }: Place, project: Project, argv: [string, ...string[]]): Promise<number> {
  project.reset();
  const output = { stdout: 'ignore', stderr: 'ignore' } as const;
  const job = { argv, cwd: project.dir, env: project.env, timeoutMs: 60_000, output };
  const reading = await setup.instrument.measure(job);
  if (reading.exit_code !== 0) throw new Error(`${argv.join(' ')}: exit code ${reading.exit_code}`);
  return reading.wall_ms;
}
