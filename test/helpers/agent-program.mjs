#!/usr/bin/env node
// A fake coding agent: see agents.ts.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

const program = basename(process.argv[1]);
const args = process.argv.slice(2);
const { PERF_GATE_STAGE: stage = '', PERF_GATE_ARTIFACT: draft = '' } = process.env;
const here = dirname(process.argv[1]);

/** The options of each client that perf-gate uses, and how many values each takes. */
const known = {
  claude: {
    '--print': 0,
    '--output-format': 1,
    '--verbose': 0,
    '--max-turns': 1,
    '--max-budget-usd': 1,
    '--model': 1,
    '--permission-mode': 1,
    '--tools': Infinity,
    '--allowedTools': Infinity,
    '--disallowedTools': Infinity,
  },
  codex: { exec: 0, '--json': 0, '--sandbox': 1, '--model': 1, '-': 0 },
  gemini: { '--output-format': 1, '--approval-mode': 1, '--model': 1 },
}[program];

const given = {};
for (let rest = [...args]; rest.length > 0; ) {
  const name = rest.shift();
  if (!Object.hasOwn(known, name)) fail(`error: unknown option '${name}'`);
  given[name] = [];
  while (rest.length > 0 && given[name].length < known[name] && !rest[0].startsWith('--'))
    given[name].push(rest.shift());
}

const prompt = readFileSync(0, 'utf8');
const call = { program, args, prompt, stage, env: Object.keys(process.env) };
appendFileSync(join(here, 'calls.jsonl'), `${JSON.stringify(call)}\n`);
const plan = JSON.parse(readFileSync(join(here, 'plan.json'), 'utf8'))[stage] ?? {};
if (plan.fails) fail(plan.fails);

const mayEditProject = {
  claude: () => given['--permission-mode'][0] === 'acceptEdits',
  codex: () => given['--sandbox'][0] === 'workspace-write',
  gemini: () => given['--approval-mode'][0] === 'auto_edit',
}[program]();
const mayEditDraft =
  program !== 'claude' || given['--allowedTools'].includes(`Edit(${relative(process.cwd(), draft)})`);
const edits = [
  ...(plan.edit && mayEditProject ? [['work.sh', ...plan.edit]] : []),
  ...(plan.draft && mayEditDraft ? [[draft, ...plan.draft]] : []),
];
const turns = Number(given['--max-turns']?.[0] ?? Infinity);
for (const [file, from, to] of edits.slice(0, turns - 1))
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(from, () => to),
  );

const said = plan.says ?? 'Done.';
const cut = edits.length + 1 > turns;
const transcripts = {
  claude: [
    { type: 'system', subtype: 'init' },
    cut
      ? { type: 'result', subtype: 'error_max_turns', is_error: true, num_turns: turns + 1, total_cost_usd: 0.25 }
      : { type: 'result', subtype: 'success', is_error: false, num_turns: 2, total_cost_usd: 0.25, result: said },
  ],
  codex: [
    { type: 'thread.started' },
    { type: 'item.completed', item: { type: 'agent_message', text: said } },
    { type: 'turn.completed', usage: {} },
  ],
  gemini: [
    { type: 'init' },
    { type: 'message', role: 'assistant', content: said, delta: true },
    { type: 'result', status: 'success', stats: {} },
  ],
};
console.log(transcripts[program].map((event) => JSON.stringify(event)).join('\n'));
process.exitCode = cut ? 1 : 0;

function fail(message) {
  console.error(message);
  process.exit(1);
}
