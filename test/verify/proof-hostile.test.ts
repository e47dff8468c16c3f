import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command } from '../../src/cli/commands/verify/verify.ts';
import { READ_ME } from '../../src/verify/proof/form.ts';
import { textOf } from '../../src/verify/proof/text.ts';
import { call } from '../helpers/call.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const begins = '{\n "perf_gate_proof": 1';

/** A sealed file whose parts need not be those of a proof. */
function sealed(parts: object): string {
  const evidence = { of: 'run', folder: '', journal: [], samples: {} };
  const made_by = { perf_gate: '0.2.0', rules: 2 };
  const proof = {
    perf_gate_proof: 1,
    read_me: READ_ME,
    id: 'a',
    made_by,
    summary: {},
    evidence,
    replays: [],
    ...parts,
  };
  return textOf(proof as never);
}

type Hostile = [what: string, content: string | Buffer, says: RegExp];

it.each<Hostile>([
  ['nothing', '', /does not begin with the key `perf_gate_proof`/],
  ['text', 'accepted\n', /does not begin with the key `perf_gate_proof`/],
  ['random bytes', Buffer.from([0, 255, 254, 123, 10]), /does not begin with the key `perf_gate_proof`/],
  ['JSON of another kind', '{"verdict": "accepted"}', /does not begin with the key `perf_gate_proof`/],
  ['a list', '[]', /does not begin with the key `perf_gate_proof`/],
  ['a newer version', begins.replace('1', '2'), /version 2, but this perf-gate reads only version 1/],
  [
    'a folder outside of the repository',
    sealed({ evidence: { of: 'run', folder: '../../other/', journal: [], samples: {} } }),
    /evidence\.folder/,
  ],
  [
    'an absolute folder',
    sealed({ evidence: { of: 'run', folder: '/etc/', journal: [], samples: {} } }),
    /evidence\.folder/,
  ],
  ['a key too many', sealed({ accepted: true }), /accepted/],
  ['no evidence', sealed({ evidence: { of: 'promise' } }), /evidence/],
  ['samples that are none', sealed({ evidence: { of: 'run', folder: '', journal: [], samples: { a: 7 } } }), /samples/],
  [
    'a comparison without a record',
    sealed({ evidence: { of: 'comparison', folder: '', record: {}, samples: {} } }),
    /record/,
  ],
])('refuses a file with %s with one clear error', async (_, content, says) => {
  const file = join(temporaryFolder(), 'a.json');
  writeFileSync(file, content);
  const { code, error, out } = await call(command, { cwd: temporaryFolder() }, [file]);
  expect({ code, out, error: error?.code }).toEqual({ code: 2, out: '', error: 'proof_unreadable' });
  expect(error?.message).toMatch(says);
  expect(error?.message).not.toContain('\n');
});

it.each([
  ['cut off', begins],
  ['deep', `${begins}, "id": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['not UTF-8', Buffer.concat([Buffer.from(`${begins}, "id": "`), Buffer.from([0xff]), Buffer.from('"}')])],
  ['nothing but its version', `${begins}\n}\n`],
])('reports that a file was changed if it begins as a proof and is %s', async (_, content) => {
  const file = join(temporaryFolder(), 'a.json');
  writeFileSync(file, content);
  const { code, out, error } = await call(command, { cwd: temporaryFolder() }, [file]);
  expect({ code, error }).toEqual({ code: 1, error: null });
  expect(out).toContain('[proof_changed]');
});

it.each([
  ['a journal without a line', {}, 'journal_damaged'],
  [
    'a journal of nothing',
    { evidence: { of: 'run', folder: '', journal: ['{}', '[]'], samples: {} } },
    'journal_damaged',
  ],
])('finds %s in a file with a valid seal', async (_, parts, found) => {
  const file = join(temporaryFolder(), 'a.json');
  writeFileSync(file, sealed(parts));
  const { code, out } = await call(command, { cwd: temporaryFolder() }, [file], { json: true });
  expect(code).toBe(1);
  expect(JSON.parse(out).findings.map((f: { code: string }) => f.code)).toContain(found);
});

it('refuses a FIFO, a device, a folder and an endless file, and names a missing file', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'a.folder'));
  execFileSync('mkfifo', [join(cwd, 'a.fifo')]);
  const huge = openSync(join(cwd, 'a.huge'), 'w');
  ftruncateSync(huge, 300 * 1024 ** 2);
  closeSync(huge);
  for (const [name, says] of [
    ['a.folder', /a folder, not a regular file/],
    ['a.fifo', /a FIFO, not a regular file/],
    ['/dev/zero', /a device, not a regular file/],
    ['a.huge', /longer than 256 MB/],
    ['a.missing', /there is no such file/],
  ] as const) {
    const { code, error } = await call(command, { cwd }, [name]);
    expect({ code, error: error?.code }).toEqual({ code: 2, error: 'proof_unreadable' });
    expect(error?.message).toMatch(says);
  }
});

it.each([
  [['--replay'], { replay: true }, [] as string[]],
  [['--output'], { output: 'x' }, ['a.json']],
])('accepts %s only where it has a meaning', async (_, options, words) => {
  const { error } = await call(command, { cwd: temporaryFolder() }, words, options);
  expect(error?.code).toBe('usage');
});
