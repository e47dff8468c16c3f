import { exit, failure } from '../../../core/errors.ts';
import { homeOf } from '../../../sentinel/discover/settings.ts';
import { sentinelHome } from '../../../sentinel/store/home.ts';
import { define } from '../../command.ts';
import { number } from '../../options.ts';
import { lookOf, type Tools } from '../../terminal/tools.ts';

export const command = define({
  name: 'sentinel record',
  group: 'question',
  arguments: '<what>',
  completes: ['on', 'off', 'show'],
  usage: 'on|off|show [options]',
  summary: 'record the times of every Claude Code session: on, off, or show',
  detail:
    '`on` adds a hook to your settings of Claude Code. When a session ends, the hook appends one line; it starts no program. `off` removes the hook. `show` reads the times of these sessions from their transcripts.',
  example: 'perf-gate sentinel record on',
  options: {
    '--days <n>': number('show the sessions of the last n days', {
      least: 1,
      most: 36_500,
      whole: true,
      otherwise: 7,
    }),
  },
  silent: true,
  async run({ what, days }, tools) {
    const act = Object.hasOwn(acts, what) ? acts[what] : undefined;
    if (!act)
      throw failure('usage', {
        problem: `\`sentinel record\` takes on, off or show, not ${what}.`,
        hint: 'perf-gate sentinel record show',
      });
    await act(tools, days);
    return exit.done;
  },
});

const placeOf = ({ cwd, env }: Tools) => ({ cwd, env });

const acts: Record<string, (tools: Tools, days: number) => Promise<void>> = {
  on: (tools) => change(tools, 'recordOn'),
  off: (tools) => change(tools, 'recordOff'),
  show,
};

async function change(tools: Tools, how: 'recordOn' | 'recordOff'): Promise<void> {
  const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
  const switches = await import('../../../sentinel/record/switch.ts');
  const { switchedText } = await import('../../../sentinel/record/text.ts');
  const switched = switches[how](placeOf(tools), sentinelConfig(tools.env));
  if (tools.json) tools.out(JSON.stringify(switched));
  else tools.say(switchedText(switched));
}

async function show(tools: Tools, days: number): Promise<void> {
  const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
  const { recording } = await import('../../../sentinel/record/switch.ts');
  const { byDay, readSessions } = await import('../../../sentinel/record/sessions.ts');
  const { takeIn } = await import('../../../sentinel/record/take-in.ts');
  const { oldSessions, removeOld } = await import('../../../sentinel/store/clean.ts');
  const { recordText } = await import('../../../sentinel/record/text.ts');
  const { env, clock } = tools;
  const config = sentinelConfig(env);
  const home = sentinelHome(env);
  const takenIn = takeIn(home, homeOf(placeOf(tools)));
  removeOld(oldSessions(home, { sessionDays: config.metrics.retention_days, now: clock.now() }));
  const sessions = readSessions(home, days, clock.now());
  const slow_ms = config.thresholds.slow_session_ms;
  const switched = recording(placeOf(tools), config);
  if (tools.json)
    tools.out(JSON.stringify({ ...switched, days: byDay(sessions, slow_ms), sessions, skipped: takenIn.skipped }));
  else tools.out(recordText({ recording: switched, sessions, takenIn, slow_ms, each: config.verbose }, lookOf(tools)));
}
