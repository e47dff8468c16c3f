import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { audit } from '../../../src/sentinel/audit/audit.ts';
import { usualOptions } from '../../../src/sentinel/dry-run/options.ts';
import { readDebugLog } from '../../../src/sentinel/session/debug-log.ts';
import { amountIn, textIn } from '../../../src/sentinel/session/otlp.ts';
import { type Profile, profileOf } from '../../../src/sentinel/session/profile.ts';
import { openReceiver } from '../../../src/sentinel/session/receive.ts';
import { telemetry } from '../../../src/sentinel/session/recording.ts';
import { profileText } from '../../../src/sentinel/session/text.ts';
import { covered } from '../../../src/sentinel/session/timeline.ts';
import { findTranscripts } from '../../../src/sentinel/transcripts/find.ts';
import { readTranscript } from '../../../src/sentinel/transcripts/read.ts';
import { median } from '../../../src/stats/robust.ts';
import { execute, perfGate } from '../../helpers/cli.ts';
import { countingProject } from '../../helpers/project.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { terminal } from '../../helpers/terminal.ts';
import { bash } from '../client/agent.ts';
import type { Turn } from '../client/reply.ts';
import { client, sandbox } from '../client/sandbox.ts';

const perfgate = perfGate();
const look = { width: 100, colour: false, unicode: true };

/** The times of three plugins' hooks in seconds, by event. They print nothing, so they are not in transcripts. */
const plugins = {
  first: { SessionStart: 0.6, PreToolUse: 0.8, Stop: 0.3 },
  second: { UserPromptSubmit: 0.6, PreToolUse: 0.4, PostToolUse: 0.7 },
  third: { PostToolUse: 0.3, Stop: 0.6 },
};

function writePlugins(): { folder: string; each: string[] } {
  const folder = temporaryFolder('perf-gate-plugins-');
  const each = Object.entries(plugins).map(([name, events]) => {
    const root = join(folder, name);
    mkdirSync(join(root, 'hooks'), { recursive: true });
    mkdirSync(join(root, '.claude-plugin'));
    writeFileSync(join(root, '.claude-plugin/plugin.json'), JSON.stringify({ name, version: '1.0.0' }));
    writeFileSync(join(root, 'hooks/wait.sh'), '#!/bin/sh\ncat > /dev/null\nexec sleep "$1"\n');
    chmodSync(join(root, 'hooks/wait.sh'), 0o755);
    const handler = (s: number) => ({
      type: 'command',
      command: `\${CLAUDE_PLUGIN_ROOT}/hooks/wait.sh ${s}`,
      timeout: 10,
    });
    const hooks = Object.fromEntries(Object.entries(events).map(([event, s]) => [event, [{ hooks: [handler(s)] }]]));
    writeFileSync(join(root, 'hooks/hooks.json'), JSON.stringify({ hooks }));
    return root;
  });
  return { folder, each };
}

/** Three tool calls and an end, with a delay of the model before each. */
const turns = (): Turn[] => [
  { calls: [bash('sleep 0.3')], after_ms: 400 },
  { calls: [bash('sleep 0.2')], after_ms: 400 },
  { calls: [bash('sleep 0.4')], after_ms: 400 },
  { text: 'Done.', after_ms: 400 },
];

it('the profile from the transcript and the telemetry of a session agrees with the debug log', async () => {
  const { folder, each } = writePlugins();
  const project = countingProject();
  const root = temporaryFolder('perf-gate-claude-');
  const todo = turns();
  const box = await sandbox(project, perfgate, () => todo.shift() ?? { text: 'Done.' }, root);
  const receiver = await openReceiver();
  onTestFinished(receiver.close);

  const from = Date.now();
  const asked = { bare: true, plugins: each, env: telemetry(receiver.endpoint, {}) } as const;
  const { code, session } = await box.ask('run it', asked);
  const process = { from, to: Date.now() };
  expect(code).toBe(0);

  const [found] = findTranscripts({ cwd: project.root, env: box.env }, 'project');
  const transcript = readTranscript(found!.file, []);
  const exported = receiver.events;
  const profile = profileOf({ transcript, exported, debugLog: null, process })!;
  const truth = readDebugLog(join(root, 'debug.log')).spans;
  const hooks = profile.parts.find(({ part }) => part === 'hook')!;
  // The measured values are a purpose of this test.
  console.log(profileText(profile, look), `\nhooks by the debug log: ${covered(truth)} ms`);
  expect(profile).toMatchObject({ session, turns: 1, told: [] });
  expect(profile.attributed).toBeGreaterThanOrEqual(0.95);
  expect(hooks.ms / covered(truth)).toBeGreaterThan(0.95);
  expect(hooks.ms / covered(truth)).toBeLessThan(1.05);
  expect(readFileSync(found!.file, 'utf8')).not.toContain('wait.sh 0.8'); // the transcript does not record it

  // The dry run of the same hooks takes as long as the waits of the client in three sessions.
  for (const _ of ['second', 'third']) await box.ask('thanks', asked);
  const dry = { ...usualOptions, runs: 3, seed: 'scenario' };
  const made = await audit(
    { plugins: folder, dry },
    {
      cwd: project.root,
      env: box.env,
      clock: systemClock,
      notify: () => {},
      signal: new AbortController().signal,
    },
  );
  const waits = (event: string) =>
    exported
      .filter((one) => one.name === 'hook_execution_complete' && textIn(one, 'hook_event') === event)
      .map((one) => amountIn(one, 'total_duration_ms')!);
  for (const event of ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'Stop']) {
    const set = made.events.find((one) => one.event === event && [null, 'Bash', 'startup'].includes(one.matched))!;
    const ratio = set.makespan_ms / median(waits(event));
    console.log(`${event}: ${set.makespan_ms} ms in the cage, ${waits(event).join(', ')} ms in the client: ${ratio}`);
    expect(ratio, event).toBeGreaterThan(0.9);
    expect(ratio, event).toBeLessThan(1.1);
  }
});

it('profile-session runs a client, passes on its exit code, and names every hook', async () => {
  const { each } = writePlugins();
  const project = countingProject();
  const todo = turns();
  const box = await sandbox(project, perfgate, () => todo.shift() ?? { text: 'Done.' });
  const bin = temporaryFolder();
  symlinkSync(client, join(bin, 'claude'));
  const env = { ...box.env, PATH: [bin, box.env.PATH].join(delimiter) };
  const words = ['claude', '-p', ...each.flatMap((folder) => ['--plugin-dir', folder]), '--allowedTools', 'Bash'];
  const run = (...args: string[]) =>
    execute(process.execPath, [perfgate.bin(), 'sentinel', 'profile-session', '--json', '--', ...args], {
      cwd: project.root,
      env,
    });

  const ended = await run(...words, '--', 'run it');
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('Done.') });
  const profile = JSON.parse(ended.stdout) as Profile;
  expect(profile.told).toEqual([]);
  expect(profile.attributed).toBeGreaterThanOrEqual(0.95);
  expect(profile.hooks.map(({ event, plugin, runs, source }) => [event, plugin, runs, source])).toEqual(
    expect.arrayContaining([
      ['PreToolUse', 'first@inline', 3, 'debug_log'],
      ['PostToolUse', 'third@inline', 3, 'debug_log'],
      ['Stop', 'third@inline', 1, 'debug_log'],
    ]),
  );
  console.log(profileText(profile, look));

  const failed = await run('claude', '-p', '--no-such-option');
  expect(failed.code).toBe(1);
});

it('in a terminal, profile-session measures how long the client waits for permissions and for the user', async () => {
  const project = countingProject();
  const todo: Turn[] = [{ calls: [bash('touch made')] }, { text: 'It is done.' }];
  const box = await sandbox(project, perfgate, () => todo.shift() ?? { text: 'Done.' });
  const bin = temporaryFolder();
  symlinkSync(client, join(bin, 'claude'));
  const opened = terminal(project.root, box.env);
  const call = 'perf-gate sentinel profile-session --json -- claude --permission-mode default > out.json';
  opened.type(`clear; PATH='${[bin, box.env.PATH].join(delimiter)}' ${call}; echo 'client' 'has ended'`);
  opened.press('Enter');
  await opened.sees(/^❯/m);
  opened.type('go on');
  await opened.sees(/go on/);
  await pause(1000); // the client treats keys without a pause as pasted text
  opened.press('Enter');
  await opened.sees(/Do you want/);
  const asked = Date.now();
  await pause(2000);
  const waited = Date.now() - asked;
  opened.press('Enter');
  await opened.sees(/It is done/);
  opened.press('C-c', 'C-c');
  await opened.sees(/^client has ended/m);
  const profile = JSON.parse(readFileSync(join(project.root, 'out.json'), 'utf8')) as Profile;
  console.log(profileText(profile, look));
  const ms = (part: string) => profile.parts.find((one) => one.part === part)?.ms ?? 0;
  expect(ms('permission')).toBeGreaterThanOrEqual(waited);
  expect(ms('idle')).toBeGreaterThan(1000);
  expect(profile.told).toEqual([]);
});
