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
  usage: 'on|off|show [options]',
  summary: 'note what every session of Claude Code took: on, off, or show',
  detail:
    '`on` adds a hook to your settings of Claude Code that appends one line when a session ends, and starts no program; `off` takes it out again. `show` reads from the transcripts what the sessions took.',
  example: 'perf-gate sentinel record on',
  options: {
    '--days <n>': number('of how many days, to today, sessions are shown', {
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

const acts: Record<string, (tools: Tools, days: number) => Promise<void>> = {
  async on(tools) {
    const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
    const { recordOn } = await import('../../../sentinel/record/switch.ts');
    await tell(recordOn(tools.env, sentinelConfig(tools.env)), tools);
  },
  async off(tools) {
    const { recordOff } = await import('../../../sentinel/record/switch.ts');
    await tell(recordOff(tools.env), tools);
  },
  show,
};

async function tell(switched: import('../../../sentinel/record/switch.ts').Switched, tools: Tools): Promise<void> {
  const { switchedText } = await import('../../../sentinel/record/text.ts');
  if (tools.json) tools.out(JSON.stringify(switched));
  else tools.say(switchedText(switched));
}

async function show(tools: Tools, days: number): Promise<void> {
  const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
  const { recording } = await import('../../../sentinel/record/switch.ts');
  const { byDay, readSessions } = await import('../../../sentinel/record/sessions.ts');
  const { takeIn } = await import('../../../sentinel/record/take-in.ts');
  const { recordText } = await import('../../../sentinel/record/text.ts');
  const { env, clock } = tools;
  const { thresholds, verbose } = sentinelConfig(env);
  const home = sentinelHome(env);
  const takenIn = takeIn(home, homeOf({ cwd: tools.cwd, env }));
  const sessions = readSessions(home, days, clock.now());
  const { slow_session_ms: slow_ms } = thresholds;
  const switched = recording(env);
  if (tools.json)
    tools.out(JSON.stringify({ ...switched, days: byDay(sessions, slow_ms), sessions, skipped: takenIn.skipped }));
  else tools.out(recordText({ recording: switched, sessions, takenIn, slow_ms, each: verbose }, lookOf(tools)));
}
