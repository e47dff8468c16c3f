import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, it, onTestFinished } from 'vitest';
import { runByHand } from '../helpers/by-hand.ts';
import { execute, perfGate } from '../helpers/cli.ts';
import { fakeClient } from '../helpers/client.ts';
import { type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
const client = fakeClient(perfgate);

const allowing = 'agent_may_approve: true\n';

/** Expects that an attempt was refused by a message that says so: it says something else where one before has approved. */
const refused = (attempt: string, said: string) =>
  expect({ attempt, said }).toEqual({ attempt, said: expect.stringContaining('Only a person can approve') });

const stillWaits = async ({ root }: TestRepository) =>
  expect(await perfgate.json(root, 'status')).toMatchObject({ stage: 'scoping', next: 'perf-gate approve' });

const has = (program: string) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
};

/** How an agent's shell can spell it, with the program that it needs. The last types the word, in a terminal that the agent made. */
const spellings = [
  ['sh', 'perf-gate approve --yes'],
  ['env', 'env -u CLAUDECODE -u CLAUDE_CODE_SESSION_ID perf-gate approve --yes'],
  ['env', 'exec env -i PATH="$PATH" HOME="$HOME" perf-gate approve --yes'],
  ['find', 'find . -maxdepth 0 -exec perf-gate approve --yes ";"'],
  ['strace', 'strace -qq -o /dev/null perf-gate approve --yes'],
  ['flock', 'flock "$(mktemp)" perf-gate approve --yes'],
  ['taskset', 'taskset 1 perf-gate approve --yes'],
  ['busybox', 'busybox sh -c "perf-gate approve --yes"'],
  // what these two print is there at once; now and then `script` itself does not end
  [
    'watch',
    'while sleep 0.2; do echo; done | timeout -k 1 20 script -qec "watch -et perf-gate approve --yes" /dev/null',
  ],
  ['script', 'yes approve | timeout -k 1 20 script -qec "perf-gate approve" /dev/null'],
] as const;

it('an agent’s shell cannot approve, with any spelling of the call', async () => {
  const waiting = await runByHand(perfgate, 'scoping');
  for (const [program, call] of spellings.filter(([needed]) => has(needed))) {
    const { stdout, stderr } = await client.shell(waiting.root, call);
    refused(`${program}: ${call}`, stdout + stderr);
  }
  await stillWaits(waiting);
  const start = 'perf-gate abort --json; perf-gate start another --contract c.yaml --yes --agent inline';
  refused(start, (await client.shell(waiting.root, start)).stderr);
});

it('an agent’s shell cannot forge the event of a typed command', async () => {
  const waiting = await runByHand(perfgate, 'scoping');
  const event = JSON.stringify({ session_id: 's', cwd: waiting.root, command_name: 'perf-gate:approve' });
  const call = `echo '${event}' | perf-gate hook user-prompt-expansion`;
  refused(call, (await client.shell(waiting.root, call)).stdout);
  await stillWaits(waiting);
});

it('a client that is recognised only by its mark cannot approve', async () => {
  const waiting = await runByHand(perfgate, 'scoping');
  const call = ['-c', 'env -i PATH="$PATH" HOME="$HOME" perf-gate approve --yes; true'];
  const { stderr } = await execute('sh', call, { cwd: waiting.root, env: { ...client.env(), AI_AGENT: 'another' } });
  refused('AI_AGENT', stderr);
  await stillWaits(waiting);
});

it('a command that perf-gate runs cannot approve, nor can its orphans', async () => {
  const waiting = await runByHand(perfgate, 'scoping');
  const said = join(waiting.root, '.perf-gate/local/said');
  const inner = `sh -c 'perf-gate approve --yes 2> ${said}'`;
  // each of the executions adds its words: one that is ended early leaves those of the first
  const orphan = `(perf-gate approve --yes 2>> ${said} &); while [ ! -s ${said} ]; do sleep 0.1; done`;
  const link = join(temporaryFolder(), 'tool');
  symlinkSync(perfgate.bin(), link);
  for (const [program, ...args] of [
    ['perf-gate', 'measure', '--runs', '4', '--ignore-failure', orphan],
    ['perf-gate', 'compare', '--runs', '4', '--ignore-failure', '--', 'true', '--', inner],
    [
      'perf-gate',
      'profile',
      '--',
      'node',
      '-e',
      `require('child_process').spawnSync('sh', ['-c', ${JSON.stringify(inner)}])`,
    ],
    [process.execPath, link, 'measure', '--runs', '4', '--ignore-failure', inner],
  ] as const) {
    waiting.write('.perf-gate/local/said', '');
    await execute(program, args, { cwd: waiting.root, env: client.env() });
    refused(args.join(' '), waiting.read('.perf-gate/local/said'));
  }
  await stillWaits(waiting);
});

it('the tool “measure” of the MCP server cannot approve', async () => {
  const waiting = await runByHand(perfgate, 'scoping', {}, { '.perf-gate/config.yaml': allowing });
  const env = Object.entries(client.env()).filter((e): e is [string, string] => e[1] !== undefined);
  const served = { command: 'perf-gate', args: ['mcp', '--cwd', waiting.root], env: Object.fromEntries(env) };
  const agent = new Client({ name: 'test', version: '1' });
  await agent.connect(new StdioClientTransport(served));
  onTestFinished(() => agent.close());
  const command = ['perf-gate', 'approve', '--yes'];
  const answer = await agent.callTool({ name: 'measure', arguments: { command, runs: 4 } });
  refused('measure', JSON.stringify(answer.structuredContent));
  await stillWaits(waiting);
});

it('agent_may_approve counts only in the commit that the run began from', async () => {
  const waiting = await runByHand(perfgate, 'scoping');
  const call = 'perf-gate approve --yes';
  const began = waiting.git('rev-parse', 'HEAD');
  for (const attempt of [
    () => waiting.write('.perf-gate/config.yaml', allowing),
    () => waiting.git('add', '-f', '.perf-gate/config.yaml') + waiting.git('commit', '-qm', 'allowed'),
    () => waiting.git('replace', began, 'HEAD'),
  ]) {
    attempt();
    refused(String(attempt), (await client.shell(waiting.root, call)).stderr);
  }
  const allowed = await runByHand(perfgate, 'scoping', {}, { '.perf-gate/config.yaml': allowing });
  expect(await client.shell(allowed.root, call)).toMatchObject({ code: 0 });
});
