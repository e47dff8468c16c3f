import { exit, failure } from '../../../core/errors.ts';
import { findProgram } from '../../../core/locate.ts';
import { oneLine } from '../../../core/text.ts';
import { define } from '../../command.ts';
import { number, text } from '../../options.ts';
import { runAsChild } from '../../terminal/as-child.ts';
import { lookOf, type Tools } from '../../terminal/tools.ts';

export const command = define({
  name: 'sentinel profile-session',
  group: 'question',
  arguments: '[session...]',
  usage: '[options] [transcript] | -- claude [arguments...]',
  summary: 'show where the time of a Claude Code session went: model, tools, hooks, start-up',
  detail:
    'Reads the transcript of a session: a file, a session’s id, or the newest session of this project. A debug log or an export (OTLP/JSON) makes the figures complete. If a client follows --, perf-gate runs the client with a debug log and an export. The client keeps stdin, stdout, signals and its exit code; the profile goes to stderr.',
  example: 'perf-gate sentinel profile-session -- claude -p "run the tests"',
  options: {
    '--last <n>': number('list the last n sessions of this project, one per line, with totals', {
      least: 1,
      most: 1000,
      whole: true,
    }),
    '--otlp <file>': text('the client’s export of the session: OTLP/JSON bodies, one per line'),
    '--debug-log <file>': text('the client’s debug log of the session (claude --debug-file FILE)'),
  },
  parse({ session: words, last, otlp, debugLog }) {
    const [first] = words;
    const isSession = words.length === 0 || (words.length === 1 && (first!.endsWith('.jsonl') || uuid.test(first!)));
    const files = otlp !== undefined || debugLog !== undefined;
    if ((last !== undefined && (words.length > 0 || files)) || (!isSession && files))
      throw failure('usage', {
        problem: 'These exclude each other: --last, a session with its files, and a client to run.',
        hint: 'Name one session (a file *.jsonl or an id), or use --last N, or put a client after --.',
      });
    return { last, client: isSession ? null : words, wanted: { transcript: first, otlp, debugLog } };
  },
  async run({ last, client, wanted }, tools) {
    if (client) {
      const [word, ...others] = client;
      if (others.length === 0 && !word!.includes('/') && findProgram(word!, tools.env) === undefined)
        throw failure('no_session', { wanted: oneLine(word!), folder: tools.cwd });
      return await recorded(client, tools);
    }
    if (last !== undefined) {
      const { lastSessions, lastSessionsText } = await import('../../../sentinel/session/last.ts');
      const sessions = lastSessions(last, tools);
      if (tools.json) tools.out(JSON.stringify(sessions));
      else tools.out(lastSessionsText(sessions, lookOf(tools)));
      return exit.done;
    }
    const { profileFile } = await import('../../../sentinel/session/of-file.ts');
    const { profileText } = await import('../../../sentinel/session/text.ts');
    const profile = profileFile(wanted, tools);
    if (tools.json) tools.out(JSON.stringify(profile));
    else tools.out(profileText(profile, lookOf(tools)));
    return exit.done;
  },
});

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Runs a client, and prints a profile of its session. Always returns the client's exit code, even without a profile, because a script may
 * depend on the exit code. With --json, stdout holds only the profile, and the client's output goes to stderr.
 */
async function recorded(argv: readonly string[], tools: Tools): Promise<number> {
  const { openRecording } = await import('../../../sentinel/session/recording.ts');
  const { profileText } = await import('../../../sentinel/session/text.ts');
  const recording = await openRecording(argv, tools);
  const now = () => Date.parse(tools.clock.now());
  try {
    const from = now();
    const stdio = tools.json ? (['inherit', 2, 'inherit'] as const) : 'inherit';
    const code = await runAsChild(
      recording.argv,
      { ...tools, env: recording.env },
      stdio === 'inherit' ? stdio : [...stdio],
    );
    try {
      const profile = recording.profile({ from, to: now() });
      if (tools.json) tools.out(JSON.stringify(profile));
      else
        tools.say(profile === null ? 'The client left no record of a session.' : profileText(profile, lookOf(tools)));
    } catch (error) {
      if (tools.json) tools.out('null');
      tools.say(`The record of the session cannot be read: ${oneLine((error as Error).message)}`);
    }
    return code;
  } finally {
    await recording.close();
  }
}
