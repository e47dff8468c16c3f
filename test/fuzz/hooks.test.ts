import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { approves } from '../../src/agent/hooks/approval-call.ts';
import { readInput } from '../../src/agent/hooks/protocol.ts';
import { greet, speak } from '../../src/agent/hooks/session.ts';
import { parseBinding, parseState } from '../../src/agent/hooks/state.ts';
import { decideStop } from '../../src/agent/hooks/stop.ts';
import { binding as bindingOf, state as stateOf } from '../agent/hooks/given.ts';
import { perfGate } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/repository.ts';
import { anything, disturbed, edits, howOften, timeout, withEdits } from './fuzz.ts';

const perfgate = perfGate();
const events = ['stop', 'session-start', 'user-prompt-submit', 'user-prompt-expansion', 'pre-tool-use'] as const;

const told = {
  session_id: 'mine',
  transcript_path: '/nowhere',
  cwd: '/',
  source: 'clear',
  prompt: 'hello',
  background_tasks: [],
  tool_name: 'Edit',
  tool_input: { file_path: 'bench.sh', command: "sh -c 'perf-gate approve'" },
  command_name: 'perf-gate:nothing',
  command_args: '',
};
const input = fc.oneof(
  disturbed(told).map((data) => Buffer.from(JSON.stringify(data))),
  edits.map((made) => withEdits(JSON.stringify(told), made)),
  anything.map((data) => Buffer.from(JSON.stringify(data))),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);
const written = (data: object) =>
  fc.oneof(
    fc.constant(Buffer.from(JSON.stringify(data))),
    disturbed(data).map((other) => Buffer.from(JSON.stringify(other))),
    edits.map((made) => withEdits(JSON.stringify(data), made)),
  );

it('decides for any input, and for any state of the disk', { timeout }, () => {
  fc.assert(
    fc.property(input, written(stateOf()), written(bindingOf()), (bytes, stateText, bindingText) => {
      const heard = readInput(bytes.toString());
      const state = parseState(stateText.toString());
      const binding = parseBinding(bindingText.toString());
      if (binding) speak(heard, binding);
      if (!state) return;
      greet(heard, state, binding, { client: '77' });
      const answer = decideStop(heard, { state, binding, busy: false });
      if (answer.kind !== 'silent') expect(binding?.session).toBe(heard.session);
    }),
    howOften(300),
  );
});

it('reads any text for a shell to its end', { timeout }, () => {
  const piece = fc.constantFrom(
    ...'\'"`$(){}<;|&\n\\# '.split(''),
    '<<EOF\n',
    'EOF\n',
    'perf-gate ',
    'approve',
    'sh -c ',
    '--yes',
    '$(',
    '<<-',
  );
  const script = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 60 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(script, (text) => {
      expect(approves(text)).toBeTypeOf('boolean');
      if (!/approve|--yes/.test(text.replace(/[\\'"\n]/g, ''))) expect(approves(text)).toBe(false);
    }),
    howOften(500),
  );
});

it('ends with 0, prints one object or nothing, and leaves nothing half-written', { timeout }, () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...events),
      input,
      written(stateOf()),
      written(bindingOf()),
      (event, bytes, state, binding) => {
        const project = temporaryFolder();
        const local = join(project, '.perf-gate/local');
        mkdirSync(local, { recursive: true });
        writeFileSync(join(local, 'hook.json'), state);
        writeFileSync(join(local, 'session.json'), binding);
        const env = { ...perfgate.env(), CLAUDE_PROJECT_DIR: project, CLAUDE_PID: '77' };
        const ended = spawnSync(process.execPath, [perfgate.bin(), 'hook', event], { cwd: project, env, input: bytes });
        expect(ended.status).toBe(0);
        const stdout = String(ended.stdout);
        if (stdout !== '') expect(JSON.parse(stdout)).toBeTypeOf('object');
        expect(`${stdout}${ended.stderr}`).not.toMatch(/\n\s+at |undefined|\[object /);
        expect(readdirSync(local).filter((name) => !['hook.json', 'session.json', 'hooks.log'].includes(name))).toEqual(
          [],
        );
        expect(readFileSync(join(local, 'hook.json')).equals(state)).toBe(true);
        const bound = readFileSync(join(local, 'session.json'));
        if (!bound.equals(binding)) expect(parseBinding(bound.toString())).toBeDefined();
      },
    ),
    howOften(24, 0.02),
  );
});
