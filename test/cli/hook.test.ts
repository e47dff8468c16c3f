import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

/** Variables by which the client marks its processes, and names the plugin to its hooks. */
const marks = { CLAUDECODE: '1', CLAUDE_PLUGIN_ROOT: resolve('plugin') };

/** Calls a hook as the client does: its JSON on stdin, its variables in the environment. */
function hook(project: TestRepository, event: string, told: object | string = {}, env: NodeJS.ProcessEnv = {}) {
  const session = { session_id: 'mine', cwd: project.root };
  const ended = spawnSync(process.execPath, [perfgate.bin(), 'hook', event], {
    cwd: project.root,
    env: { ...perfgate.env(), ...marks, CLAUDE_PROJECT_DIR: project.root, CLAUDE_PID: '77', ...env },
    input: typeof told === 'string' ? told : JSON.stringify({ ...session, ...told }),
    encoding: 'utf8',
  });
  expect({ code: ended.status, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
  return ended.stdout === '' ? null : (JSON.parse(ended.stdout) as Answer);
}

type Answer = {
  systemMessage?: string;
  decision?: string;
  reason?: string;
  hookSpecificOutput?: { additionalContext?: string; permissionDecision?: string; permissionDecisionReason?: string };
};
const contextOf = (answer: Answer | null) => answer?.hookSpecificOutput?.additionalContext ?? '';
const typed = (name: string, args = '') => ({ command_name: `perf-gate:${name}`, command_args: args });

/** A run that the session `mine` began by typing the command, with a submitted contract. */
async function scoped(): Promise<TestRepository> {
  const project = countingProject();
  hook(project, 'user-prompt-expansion', typed('start', "make it's loop $(touch PWNED) faster"));
  const { waiting } = await perfgate.json(project.root, 'next');
  const contract = project.read('c.yaml').trimEnd().replace(/^/gm, '  ');
  writeFileSync(waiting!.draft, `---\nstage: scoping\nepoch: 1\nresult: pending\ncontract:\n${contract}\n---\n`);
  expect(await perfgate.json(project.root, 'submit')).toMatchObject({ code: 0 });
  return project;
}

it('drives a run from a typed start to an accepted change; the Stop hook continues every step of the agent', async () => {
  const project = await scoped();
  expect(project.files()).not.toHaveProperty('PWNED');
  expect(hook(project, 'stop')).toBe(null);
  expect(contextOf(hook(project, 'user-prompt-expansion', typed('approve')))).toContain('approved the contract');
  for (const [next, act] of [
    ['`perf-gate next`', ['next']],
    ['hotspots.draft.md', ['submit']],
    ['`perf-gate next`', ['next']],
    ['fix.draft.md', ['submit']],
    ['`perf-gate next`', ['next']],
  ] as const) {
    const text = contextOf(hook(project, 'stop'));
    expect(text).toContain(next);
    expect(text.length).toBeLessThan(2000);
    if (text.includes('fix.draft.md')) spawnSync('sh', ['-c', halve], { cwd: project.root });
    expect(await perfgate.json(project.root, ...act)).toMatchObject({ code: 0 });
  }
  expect(await perfgate.json(project.root, 'status')).toMatchObject({ outcome: 'accepted' });
  expect(existsSync(join(project.root, '.perf-gate/local/hook.json'))).toBe(false);
  expect(hook(project, 'stop')).toBe(null);
});

it('pauses the run after three stops without progress, and informs the user; after `resume` it continues again', async () => {
  const project = await scoped();
  hook(project, 'user-prompt-expansion', typed('approve'));
  expect([1, 2, 3].map(() => contextOf(hook(project, 'stop')) !== '')).toEqual([true, true, true]);
  expect(hook(project, 'stop')!.systemMessage).toMatch(/the run \S+ is paused/);
  expect(await perfgate.json(project.root, 'status')).toMatchObject({ paused: true });
  expect(hook(project, 'stop')).toBe(null);
});

it('gives a client without additional context the text as a reason to block', async () => {
  const project = await scoped();
  hook(project, 'user-prompt-expansion', typed('approve'));
  const transcript = join(project.root, '.perf-gate/local/transcript.jsonl');
  writeFileSync(transcript, '{"type":"user","version":"2.1.100"}\n');
  expect(hook(project, 'stop', { transcript_path: transcript })).toMatchObject({ decision: 'block' });
});

it('gives the driving session the brief, and another session a hint; `resume --adopt` makes the latter the driver', async () => {
  const project = await scoped();
  expect(contextOf(hook(project, 'session-start', { source: 'compact' }))).toContain('this session drives it');
  expect(contextOf(hook(project, 'session-start', { source: 'startup', session_id: 'other' }))).toContain('--adopt');
  hook(project, 'user-prompt-expansion', typed('approve'));
  expect(hook(project, 'stop', { session_id: 'other' })).toBe(null);
  spawnSync(process.execPath, [perfgate.bin(), 'pause'], { cwd: project.root, env: perfgate.env() });
  const env = { ...perfgate.env(), CLAUDE_CODE_SESSION_ID: 'other' };
  spawnSync(process.execPath, [perfgate.bin(), 'resume', '--adopt'], { cwd: project.root, env });
  expect(hook(project, 'stop')).toBe(null);
  expect(contextOf(hook(project, 'stop', { session_id: 'other' }))).toContain('hotspots');
});

it('denies an agent’s approval, unless the project allows it, and edits of protected files', async () => {
  const project = await scoped();
  const call = { tool_name: 'Bash', tool_input: { command: 'cd . && perf-gate approve' } };
  const denied = hook(project, 'pre-tool-use', call)!.hookSpecificOutput!;
  expect(denied).toMatchObject({ permissionDecision: 'deny' });
  expect(denied.permissionDecisionReason).toContain('/perf-gate:approve');
  expect(hook(project, 'pre-tool-use', { tool_name: 'Bash', tool_input: { command: 'perf-gate next' } })).toBe(null);
  const edit = { tool_name: 'Edit', tool_input: { file_path: join(project.root, 'bench.sh') } };
  expect(hook(project, 'pre-tool-use', edit)).toMatchObject({ hookSpecificOutput: { permissionDecision: 'deny' } });
  project.write('.perf-gate/config.yaml', 'agent_may_approve: true\n');
  expect(hook(project, 'pre-tool-use', call)).toEqual({ hookSpecificOutput: denied });
  project.git('add', '--force', '.perf-gate/config.yaml');
  project.git('commit', '--quiet', '--message', 'agents may approve');
  expect(hook(project, 'pre-tool-use', call)).toBe(null);
});

it('reports why a start was refused', () => {
  const project = repository({ 'a.txt': 'a\n' });
  project.write('a.txt', 'b\n');
  const text = contextOf(hook(project, 'user-prompt-expansion', typed('start', 'make it faster')));
  expect(text).toMatch(/was refused: .*a\.txt/s);
});

it.each(['', 'no json', '[1]', '{"session_id": 7, "tool_input": null}'])(
  'prints nothing for the input %j',
  async (text) => {
    const project = await scoped();
    for (const event of ['stop', 'user-prompt-submit', 'user-prompt-expansion', 'pre-tool-use'])
      expect(hook(project, event, text)).toBe(null);
    project.write('.perf-gate/local/hook.json', '{"run": 3');
    expect(hook(project, 'stop')).toBe(null);
  },
);

it('no hook call exits with a code that a client could treat as a refusal', () => {
  const { root } = countingProject();
  for (const args of [
    ['nosuch'],
    [],
    ['--nosuch', 'stop'],
    ['stop', 'more'],
    ['--help'],
    ['pre-tool-use', '--nosuch'],
  ]) {
    const input = '{"tool_name":"Bash","tool_input":{"command":"ls"}}';
    const { status, stdout } = spawnSync(process.execPath, [perfgate.bin(), 'hook', ...args], {
      cwd: root,
      env: perfgate.env(),
      input,
      encoding: 'utf8',
    });
    expect({ args, status }).toEqual({ args, status: 0 });
    if (args[0] !== '--help') expect(stdout).toBe('');
  }
  // a client that closed the hook's input
  const closed = spawnSync('sh', ['-c', '"$0" "$1" hook stop <&-', process.execPath, perfgate.bin()], {
    cwd: root,
    env: perfgate.env(),
  });
  expect(closed.status).toBe(0);
});
