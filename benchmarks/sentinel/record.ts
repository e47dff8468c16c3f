import { join } from 'node:path';
import { writeDurable } from '../../src/core/fs.ts';
import { readText } from '../../src/core/read-text.ts';
import { recordOn } from '../../src/sentinel/record/switch.ts';
import { sentinelConfig } from '../../src/sentinel/store/config.ts';
import { given } from '../hooks/costs.ts';
import { inTemporaryPlace } from '../shared/bench.ts';
import { type Figure, figureOf } from '../shared/figure.ts';
import { inTurn } from '../shared/in-turn.ts';

/** What the hook that records a session may take beside a shell that does nothing, in ms. */
const GOAL_MS = 3;

/** In ms: a shell that does nothing, what the hook takes beyond it, and the same where a person wants to be told of slow sessions. */
export type RecordCost = { shell: Figure; added: Figure; added_telling_slow: Figure; goal_ms: number; met: boolean };

/** The session record's hook against a shell that does nothing, in turn. Both are started by a shell that gives them their input. */
export const recordCost = (rounds = 100): Promise<RecordCost> =>
  inTemporaryPlace(
    { repro: { script: 'true' }, metrics: { primary: { name: 'wall_ms' } } },
    async ({ dir, arm, setup }) => {
      const transcript = join(dir, 'transcript.jsonl');
      writeDurable(transcript, `${JSON.stringify({ type: 'user', message: 'x'.repeat(900) })}\n`.repeat(40));
      const event = join(dir, 'event.json');
      writeDurable(event, JSON.stringify({ session_id: 'one', transcript_path: transcript, cwd: dir, ...ended }));
      const person = (name: string, notifications: object) => {
        const { dir: home, env } = arm(name);
        const inHome = { ...env, HOME: home };
        writeDurable(
          join(home, '.cache/claude-plugins/perf-sentinel/config.json'),
          JSON.stringify({ notifications }, null, 2),
        );
        const { settings } = recordOn(inHome, sentinelConfig(inHome));
        const { hooks } = JSON.parse(readText(settings)) as Settings;
        return { env: inHome, argv: ['sh', '-c', hooks.SessionEnd[0].hooks[0].command] };
      };
      const usual = person('usual', {});
      const subjects = [
        { name: 'shell', env: usual.env, argv: ['sh', '-c', ':'] },
        { name: 'hook', ...usual },
        { name: 'telling', ...person('telling', { on_slow_session: true }) },
      ].map(({ name, env, argv }) => ({
        name,
        take: async () => {
          const output = { stdout: 'ignore', stderr: 'ignore' } as const;
          const job = { argv: given(event, argv), cwd: dir, env, timeoutMs: 60_000, output };
          const { exit_code, wall_ms } = await setup.instrument.measure(job);
          if (exit_code !== 0) throw new Error(`${name}: exit code ${exit_code}`);
          return wall_ms;
        },
      }));
      const seen = await inTurn(subjects, rounds);
      const shell = seen.get('shell')!;
      const beyond = (name: string) => figureOf(seen.get(name)!.map((ms, i) => ms - shell[i]!));
      const added = beyond('hook');
      return {
        shell: figureOf(shell),
        added,
        added_telling_slow: beyond('telling'),
        goal_ms: GOAL_MS,
        met: added.high <= GOAL_MS,
      };
    },
  );

const ended = { hook_event_name: 'SessionEnd', reason: 'other' };

type Settings = { hooks: { SessionEnd: [{ hooks: [{ command: string }] }] } };
