import { join } from 'node:path';
import { writeDurable } from '../../src/core/fs.ts';
import { readText } from '../../src/core/read-text.ts';
import { recordOn } from '../../src/sentinel/record/switch.ts';
import { sentinelConfig } from '../../src/sentinel/store/config.ts';
import { sentinelHome } from '../../src/sentinel/store/home.ts';
import { sentinelPaths } from '../../src/sentinel/store/paths.ts';
import { given } from '../hooks/costs.ts';
import { inTemporaryPlace, type Place } from '../shared/bench.ts';
import { type Figure, figureOf } from '../shared/figure.ts';
import { inTurn } from '../shared/in-turn.ts';

/** The most that the recording hook may take beyond an empty shell, in ms. */
const GOAL_MS = 3;

/** In ms: an empty shell, the hook's time beyond it, and the same with notifications about slow sessions. */
export type RecordCost = { shell: Figure; added: Figure; added_telling_slow: Figure; goal_ms: number; met: boolean };

/**
 * Measures the recording hook in turn with an empty shell. A shell redirects the input and then becomes each of them (`exec`).
 * @throws Error: the hook did not record every session, so its time is meaningless
 */
export const recordCost = (rounds = 100): Promise<RecordCost> =>
  inTemporaryPlace({ repro: { script: 'true' }, metrics: { primary: { name: 'wall_ms' } } }, async (place) => {
    const usual = person(place, 'usual', {});
    const telling = person(place, 'telling', { on_slow_session: true });
    const shell = { name: 'shell', env: usual.env, command: ':' };
    const input = event(place);
    const seen = await inTurn(
      [shell, usual, telling].map((one) => ({ name: one.name, take: () => timed(place, one, input) })),
      rounds,
    );
    for (const { name, env } of [usual, telling]) {
      const lines = readText(sentinelPaths(sentinelHome(env)).spool)
        .trimEnd()
        .split('\n').length;
      if (lines !== rounds + 1) throw new Error(`${name}: ${lines} of ${rounds + 1} sessions were recorded`);
    }
    const beyond = ({ name }: Subject) => figureOf(seen.get(name)!.map((ms, i) => ms - seen.get(shell.name)![i]!));
    const added = beyond(usual);
    return {
      shell: figureOf(seen.get(shell.name)!),
      added,
      added_telling_slow: beyond(telling),
      goal_ms: GOAL_MS,
      met: added.high <= GOAL_MS,
    };
  });

type Subject = { name: string; env: Record<string, string>; command: string };

/** A user who records sessions. */
function person({ arm }: Place, name: string, notifications: object): Subject {
  const { dir, env } = arm(name);
  const inHome = { ...env, HOME: dir };
  writeDurable(sentinelPaths(sentinelHome(inHome)).config, JSON.stringify({ notifications }, null, 2));
  const { settings } = recordOn({ cwd: dir, env: inHome }, sentinelConfig(inHome));
  const { hooks } = JSON.parse(readText(settings)) as Settings;
  return { name, env: inHome, command: hooks.SessionEnd[0].hooks[0].command };
}

type Settings = { hooks: { SessionEnd: [{ hooks: [{ command: string }] }] } };

async function timed({ dir, setup }: Place, { name, env, command }: Subject, input: string): Promise<number> {
  const output = { stdout: 'ignore', stderr: 'ignore' } as const;
  const job = { argv: given(input, ['sh', '-c', command]), cwd: dir, env, timeoutMs: 60_000, output };
  const { exit_code, wall_ms } = await setup.instrument.measure(job);
  if (exit_code !== 0) throw new Error(`${name}: exit code ${exit_code}`);
  return wall_ms;
}

/** A file with the event that the client sends, of a session whose start two hooks took part in. */
function event({ dir }: Place): string {
  const hook = { type: 'hook_success', hookEvent: 'SessionStart', stdout: 'x'.repeat(300), durationMs: 120 };
  const lines = [
    { type: 'queue-operation', content: 'x'.repeat(100) },
    ...[hook, hook].map((attachment) => ({ attachment, type: 'attachment', more: 'x'.repeat(400) })),
    { type: 'user', message: 'x'.repeat(900) },
  ];
  const [transcript_path, file] = [join(dir, 'transcript.jsonl'), join(dir, 'event.json')];
  writeDurable(transcript_path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const ended = { session_id: 'one', transcript_path, cwd: dir, hook_event_name: 'SessionEnd', reason: 'other' };
  writeDurable(file, JSON.stringify(ended));
  return file;
}
