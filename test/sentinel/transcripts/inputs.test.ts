import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readInputs, withRecorded } from '../../../src/sentinel/dry-run/inputs.ts';
import { inputsOf } from '../../../src/sentinel/transcripts/inputs.ts';
import { temporaryFolder } from '../../helpers/repository.ts';
import { at, lines, writeTranscript } from './lines-of.ts';

const known = readInputs();
const edit = (size: number) => ({ file_path: '/p/a.ts', old_string: 'a', new_string: 'b'.repeat(size) });

/** Three edits of different sizes, a failed edit, a call of an MCP server's tool, two prompts. */
const session = [
  lines.prompt(at(0), 'short'),
  ...[10, 5000, 300].flatMap((size, i) => [
    lines.call(at(i), `edit ${size}`, 'Edit', edit(size)),
    lines.result(at(i + 0.5), `edit ${size}`, { originalFile: 'c'.repeat(size) }),
  ]),
  lines.call(at(5), 'failed', 'Bash', { command: 'false' }),
  lines.result(at(6), 'failed', 'Error', {
    message: { content: [{ type: 'tool_result', tool_use_id: 'failed', is_error: true }] },
  }),
  lines.call(at(7), 'mcp', 'mcp__shop__find', { query: 'shoes' }),
  lines.result(at(8), 'mcp', [{ type: 'text', text: 'none' }]),
  lines.says(at(9), 'That was it.'),
  lines.prompt(at(20), '<task-notification>a task has ended, with a very long report</task-notification>'),
];

it('makes inputs from a session: for each tool the call of median length', () => {
  const file = writeTranscript(temporaryFolder(), { project: '/p', session: 'one' }, session);
  const made = inputsOf(file, known);
  expect(made.map(({ name }) => name)).toEqual([
    'PreToolUse.Edit',
    'PostToolUse.Edit',
    'PreToolUse.mcp__shop__find',
    'PostToolUse.mcp__shop__find',
    'UserPromptSubmit',
    'Stop',
  ]);
  expect(made[1]).toMatchObject({
    together: true,
    grows: 'tool_response.originalFile',
    input: { tool_input: edit(300), tool_response: { originalFile: 'c'.repeat(300) } },
  });
  expect(made[3]).toMatchObject({ together: false, input: { tool_name: 'mcp__shop__find' } });
  expect(made[3]).not.toHaveProperty('grows');
  expect(made[4]).toMatchObject({ input: { prompt: 'short' } });

  const all = withRecorded(known, made);
  expect(all).toHaveLength(known.length + 2);
  expect(all.filter(({ name }) => name === 'PreToolUse.Edit')).toEqual([made[0]]);
});

it('says why a file is not a session', () => {
  const file = join(temporaryFolder(), 'none.jsonl');
  expect(() => inputsOf(file, known)).toThrow(/cannot be read/);
  writeFileSync(file, '{"type":"summary"}\nnothing\n');
  expect(() => inputsOf(file, known)).toThrow(/holds no session/);
});
