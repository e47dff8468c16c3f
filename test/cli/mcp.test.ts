import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, it, onTestFinished, vi } from 'vitest';
import { measurementLock } from '../../src/measure/environment/machine-lock.ts';
import { must, runByHand } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';

const perfgate = perfGate();

/** The longest time of a call (ms), even on a busy machine. */
const timeout = 100_000;

/** Keeps every run of this file from measuring until it is released, so that a run can be examined while it works. */
async function holdMeasurements(): Promise<() => void> {
  const lock = await measurementLock(perfgate.env(), 'the test', { onWait: () => {} });
  onTestFinished(() => lock!.release());
  return lock!.release;
}

/** A client of the server, like any agent's; returns a tool's answer and the progress messages. */
async function connect(cwd: string) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [perfgate.bin(), 'mcp', '--cwd', cwd],
    env: Object.fromEntries(Object.entries(perfgate.env()).filter((e): e is [string, string] => e[1] !== undefined)),
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  const messages: string[] = [];
  const call = async (name: string, args: Record<string, unknown> = {}) => {
    const onprogress = ({ message }: { message?: string | undefined }) => void messages.push(message ?? '');
    const answer = await client.callTool({ name, arguments: args }, undefined, { onprogress, timeout });
    const [content] = answer.content as { text: string }[];
    expect(answer.structuredContent).toEqual(JSON.parse(content!.text));
    return { ...(answer.structuredContent as Record<string, unknown>), failed: answer.isError === true };
  };
  return { client, call, messages };
}

it('offers its tools with schemas and correct annotations, and no tool for approvals', async () => {
  const { client } = await connect(countingProject().root);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['status', 'next', 'submit', 'compare', 'hotspots', 'measure']);
  const readOnly = tools.filter(({ annotations }) => annotations?.readOnlyHint);
  expect(readOnly.map(({ name }) => name)).toEqual(['status', 'hotspots']);
  for (const { inputSchema, description } of tools) {
    expect(inputSchema.type).toBe('object');
    expect(description).toBeTruthy();
  }
  expect(client.getServerVersion()?.name).toBe('perf-gate');
});

it('drives a run from the contract to its end with the objects of the command line', async () => {
  const repo = await runByHand(perfgate, 'scoping');
  const { call, messages } = await connect(repo.root);
  expect(await call('next')).toMatchObject({ stage: 'scoping', waiting: { stage: 'scoping' } });
  expect(await call('status')).toMatchObject({ stage: 'scoping', next: 'perf-gate approve' });
  await must(perfgate, repo, 'approve');

  const release = await holdMeasurements();
  const next = call('next');
  await vi.waitFor(() => expect(messages.join()).toMatch(/pid \d+: baseline/), { timeout });
  release();
  const hotspots = await next;
  expect(hotspots).toMatchObject({ stage: 'hotspots', waiting: { stage: 'hotspots' }, failed: false });
  const { code: _, ...same } = await perfgate.json(repo.root, 'next');
  expect(hotspots).toEqual({ ...same, failed: false });
  expect(await call('hotspots')).toMatchObject({ hotspots: [], left_to_try: [] });
  expect(await call('submit')).toMatchObject({ stage: 'fix', failed: false });
  const missing = await call('submit', { file: 'nowhere.md' });
  expect(missing).toMatchObject({ failed: true, error: { code: 'artifact_missing' } });

  expect(await call('next')).toMatchObject({ waiting: { stage: 'fix' } });
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  expect(await call('submit')).toMatchObject({ stage: 'remeasure' });
  const releaseAgain = await holdMeasurements();
  const begun = await call('next', { seconds: 0 });
  expect(begun).toMatchObject({ outcome: null, background: { pid: expect.any(Number) }, failed: false });
  releaseAgain();
  expect(await call('next')).toMatchObject({ outcome: 'accepted', stage: 'completed', failed: false });
  expect(await call('next')).toMatchObject({ failed: true, error: { code: 'no_active_run' } });
});

it('ranks an existing profile, and refuses one outside of the project', async () => {
  const repo = countingProject();
  repo.write('app.folded', 'main (a.py:1);slow (a.py:9) 700\nmain (a.py:1);fast (a.py:20) 300\n');
  repo.link('link.folded', '/etc/passwd');
  const { call } = await connect(repo.root);
  const { failed, ...ranked } = await call('hotspots', { files: ['app.folded'] });
  const { code: _, ...printed } = await perfgate.json(repo.root, 'hotspots', 'app.folded');
  expect({ failed, ranked }).toEqual({ failed: false, ranked: printed });
  expect(ranked).toMatchObject({ format: 'collapsed', hotspots: [{ function: 'slow' }, {}] });
  expect(await call('hotspots', { files: ['absent.folded'] })).toMatchObject({
    failed: true,
    error: { code: 'profile_unreadable' },
  });
  const refused = { failed: true, error: { code: 'file_outside', message: expect.not.stringContaining('root:') } };
  for (const outside of ['link.folded', '../../../../../../etc/passwd', '/etc/passwd']) {
    expect(await call('hotspots', { files: [outside] })).toMatchObject(refused);
    expect(await call('submit', { file: outside })).toMatchObject(refused);
    expect(await call('compare', { base: 'HEAD', head: 'HEAD', contract: outside })).toMatchObject(refused);
  }
});

it('answers an invalid request with an error, and goes on', async () => {
  const server = spawn(process.execPath, [perfgate.bin(), 'mcp', '--cwd', countingProject().root], {
    env: perfgate.env(),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void server.kill('SIGKILL'));
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const ask = async (line: string) => {
    server.stdin.write(`${line}\n`);
    return JSON.parse((await lines.next()).value);
  };
  const call = (id: number, method: string, params: object) => JSON.stringify({ jsonrpc: '2.0', id, method, params });
  const client = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  expect(await ask(call(1, 'initialize', client))).toMatchObject({
    id: 1,
    result: { serverInfo: { name: 'perf-gate' } },
  });
  const long = call(2, 'tools/call', { name: 'status', arguments: { padding: 'x'.repeat(12_000_000) } });
  expect(await ask(long)).toMatchObject({
    id: null,
    error: { code: -32600, message: expect.stringContaining('longer') },
  });
  expect(await ask('no JSON')).toMatchObject({ id: null, error: { code: -32700 } });
  const nul = { name: 'measure', arguments: { command: ['true', 'a\u0000b'], runs: 2 } };
  expect(await ask(call(3, 'tools/call', nul))).toMatchObject({
    id: 3,
    result: { isError: true, structuredContent: { error: { code: 'usage', message: expect.stringContaining('NUL') } } },
  });
  const spelled = { name: 'measure', arguments: { command: ['test', '-n', '\\u0000'], runs: 2 } };
  expect(await ask(call(5, 'tools/call', spelled))).toMatchObject({
    id: 5,
    result: { structuredContent: { results: [{}] } },
  });
  expect(await ask(call(4, 'tools/list', {}))).toMatchObject({ id: 4, result: { tools: expect.any(Array) } });
});

it('measures a command and judges two commits', async () => {
  const repo = countingProject({ profiler: undefined });
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  repo.commit('half of the work');
  const { call } = await connect(repo.root);
  const measured = await call('measure', { command: ['sh', 'bench.sh'], runs: 3 });
  expect(measured).toMatchObject({
    failed: false,
    results: [{ command: 'sh bench.sh', times: [expect.any(Number), expect.any(Number), expect.any(Number)] }],
  });
  const judged = await call('compare', { base: 'HEAD~1', head: 'HEAD', contract: 'c.yaml' });
  expect(judged).toMatchObject({ failed: false, verdict: 'accepted', primary: { improvement_pct: 50 } });
  const odd = await call('compare', { base: 'HEAD~1', head: 'nowhere', contract: 'c.yaml' });
  expect(odd).toMatchObject({ failed: true, error: { hint: expect.any(String) } });
});
