import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { runPaths } from '../../../src/artifact/paths.ts';
import { execute, type Outcome, perfGate } from '../../helpers/cli.ts';
import { countingProject } from '../../helpers/project.ts';
import { type TestRepository, temporaryFolder } from '../../helpers/repository.ts';
import { bash } from '../client/agent.ts';
import { newText, type Script } from '../client/model.ts';
import type { ToolCall, Turn } from '../client/reply.ts';
import { client, sandbox } from '../client/sandbox.ts';

const perfgate = perfGate();

it('the headless client does every stage within its permissions, and a person approves the contract', async () => {
  const project = countingProject();
  const box = await sandbox(project, perfgate, headless(project));
  const bin = temporaryFolder();
  symlinkSync(client, join(bin, 'claude'));
  // As if an agent's session had called perf-gate.
  const outer = { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'outer', CLAUDE_PROJECT_DIR: '/' };
  const env = { ...box.env, ...outer, PATH: [bin, box.env.PATH].join(delimiter) };
  const call = async (...args: string[]): Promise<Outcome & { code: number | null }> => {
    const ended = await execute(process.execPath, [perfgate.bin(), ...args, '--json'], { cwd: project.root, env });
    return { ...(JSON.parse(ended.stdout) as Outcome), code: ended.code };
  };

  const started = await call('start', 'make it faster', '--agent', 'claude');
  expect(started).toMatchObject({ code: 0, stage: 'scoping', outcome: null, waiting: { stage: 'scoping' } });
  expect(project.read('work.sh')).toContain('STEPS=100');
  expect(await call('next')).toMatchObject({ code: 0, stage: 'scoping' });
  expect(await call('approve')).toMatchObject({ code: 2, error: { code: 'not_a_person' } });
  // the person approves in a separate terminal
  expect(await perfgate.json(project.root, 'approve')).toMatchObject({ code: 0, stage: 'baseline' });
  const ended = await call('next');
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });
  expect(project.git('diff', '--stat', 'main', ended.branch!)).toMatch(/work\.sh.*\n 1 file changed/);

  const { transcripts } = runPaths(project.root, ended.run);
  expect(readdirSync(transcripts)).toEqual(['fix-7-1.jsonl', 'hotspots-6-1.jsonl', 'scoping-1-1.jsonl']);
  const text = readFileSync(join(transcripts, 'fix-7-1.jsonl'), 'utf8');
  expect(text).toContain('"subtype":"success"');
  const told = box.model.requests.map(newText).join('\n');
  expect(told).toMatch(/permissions to write to \S+work\.sh, but you haven't granted it/);
  expect(told.match(/Permission to use Bash with command perf-gate approve --yes has been denied/g)).toHaveLength(2);
  expect(told).toContain('denied by your permission settings');
  expect(told).toMatch(/permissions to read from \/etc\/hosts, but you haven't granted it/);
  expect(told).toMatch(/(permission|approval)[^\n]*curl|curl[^\n]*(permission|approval)|requires approval/i);
});

it('a fix that exceeds the budget counts as skipped, and the run continues', async () => {
  const project = countingProject({}, { '.perf-gate/config.yaml': 'agent: { max_turns: 2 }\n' });
  const box = await sandbox(project, perfgate, headless(project));
  const bin = temporaryFolder();
  symlinkSync(client, join(bin, 'claude'));
  const env = { ...box.env, PATH: [bin, box.env.PATH].join(delimiter) };
  const args = ['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--agent', 'claude', '--json'];
  const ended = await execute(process.execPath, [perfgate.bin(), ...args], { cwd: project.root, env });
  expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: 'rejected', attempts: [] });
  expect(ended.stderr).toContain('claude reached its limit of turns');
});

const read = (file_path: string): ToolCall => ({ name: 'Read', input: { file_path } });
const write = (file_path: string, content: string): ToolCall => ({ name: 'Write', input: { file_path, content } });
const edit = (file_path: string, old_string: string, new_string: string): ToolCall => ({
  name: 'Edit',
  input: { file_path, old_string, new_string },
});

function headless(project: TestRepository): Script {
  const file = (name: string) => join(project.root, name);
  const todo: Turn[] = [];
  return (request) => {
    const said = newText(request);
    const draft = /^ {4}(\S+\.draft\.md)$/m.exec(said)?.[1];
    if (draft) todo.length = 0; // another session
    if (draft && said.includes('# Scoping:')) {
      const contract = project.read('c.yaml').trimEnd().replace(/^/gm, '  ');
      todo.push(
        { calls: [read(draft), read(file('work.sh'))] },
        { calls: [edit(file('work.sh'), 'STEPS=100', 'STEPS=1'), bash('perf-gate approve --yes')] },
        { calls: [write(draft, `---\nstage: scoping\nepoch: 1\nresult: pending\ncontract:\n${contract}\n---\n`)] },
      );
    } else if (draft && said.includes('# Hotspots:')) todo.push({ calls: [read(draft)] });
    else if (draft && said.includes('# Fix,'))
      todo.push(
        { calls: [read(file('work.sh')), read(file('bench.sh')), read('/etc/hosts')] },
        {
          calls: [
            edit(file('bench.sh'), 'answer', 'anser'),
            bash('curl http://127.0.0.1:1'),
            bash('perf-gate approve --yes'),
          ],
        },
        { calls: [bash('sh bench.sh'), edit(file('work.sh'), 'STEPS=100', 'STEPS=50')] },
      );
    return todo.shift() ?? { text: 'Done.' };
  };
}
