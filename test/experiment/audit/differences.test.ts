import { describe, expect, it } from 'vitest';
import { answerInChange } from '../../../src/experiment/audit/answer-in-change.ts';
import { auditDifferences, startsMore } from '../../../src/experiment/audit/differences.ts';

const arm = (own: string, opened: string[], started: string[] = [], processes = 0) => ({
  own: [own],
  trace: { opened: new Set(opened), started: new Set(started), processes },
});

describe('a thing that the candidate does and the base does not', () => {
  it.each([
    ['a file in the home folder', '/home/me/answer'],
    ['a file in memory', '/dev/shm/answer'],
    ['the other arm', '/arms/a/out.txt'],
    ['a server', 'tcp 10.0.0.1:80'],
  ])('is a caveat: %s', (_, path) => {
    expect(auditDifferences(arm('/arms/a', ['/arms/a/out.txt']), arm('/arms/b', [path]))).toEqual([
      { code: 'opens_outside', paths: [path], more: 0 },
    ]);
  });

  it.each([
    ['a file of the arm', '/arms/b/x'],
    ['a folder above the arm', '/arms'],
    ['what the base opens too', '/home/me/both'],
    ['a library of the system', '/usr/lib/x.so'],
    ['the library of a runtime that the base starts', '/home/me/.pyenv/versions/3.12/lib/heapq.py'],
    ['a device', '/dev/urandom'],
    ['a log with the time in its name', '/home/me/.npm/_logs/2026-11-29T20_18_02_113Z-debug-0.log'],
    ['another object of the same repository', `/home/me/p/.git/objects/cd/${'e'.repeat(38)}`],
  ])('is no caveat: %s', (_, path) => {
    const log = '/home/me/.npm/_logs/2026-11-29T20_17_59_001Z-debug-0.log';
    const object = `/home/me/p/.git/objects/ab/${'c'.repeat(38)}`;
    const base = arm('/arms/a', ['/home/me/both', log, object], ['/home/me/.pyenv/versions/3.12/bin/python3']);
    expect(auditDifferences(base, arm('/arms/b', [path], ['/home/me/.pyenv/versions/3.12/bin/python3']))).toEqual([]);
  });

  it('is a program, named by its path in the arm if it lies there', () => {
    const base = arm('/arms/a', [], ['/arms/a/bin/x', '/bin/sh']);
    const candidate = arm('/arms/b', [], ['/arms/b/bin/x', '/arms/b/bin/y', '/bin/sh', '/bin/sed']);
    expect(auditDifferences(base, candidate)).toEqual([
      { code: 'starts_other', programs: ['/bin/sed', 'bin/y'], more: 0 },
    ]);
  });

  it('is one of a list that is cut to a few entries and a count', () => {
    const paths = Array.from({ length: 20 }, (_, i) => `/home/me/${'x'.repeat(i + 1)}`);
    expect(auditDifferences(arm('/arms/a', []), arm('/arms/b', paths))).toMatchObject([{ more: 12 }]);
  });

  it('is a larger number of processes', () => {
    expect(startsMore(arm('/a', [], [], 1), arm('/b', [], [], 2))).toEqual([
      { code: 'starts_more', base: 1, candidate: 2 },
    ]);
    expect(startsMore(arm('/a', [], [], 2), arm('/b', [], [], 2))).toEqual([]);
  });
});

describe('an answer in the change', () => {
  const printed = 'METRIC ms=123456\nchecksum 930766865\nok\n';

  it('is a caveat if an added line contains printed text', () => {
    expect(answerInChange(printed, '--- a\n+++ b\n-  return work()\n+  return "930766865"\n')).toEqual([
      { code: 'answer_in_change', words: ['930766865'], more: 0 },
    ]);
  });

  it.each([
    ['a line that was there before holds it', '-const n = 930766865;\n+const m = 930766865;\n'],
    ['a line holds the figure that is measured', '+const n = 123456;\n'],
    ['a line holds a short word', '+ok\n'],
    ['the change holds something else', '+const n = 930766866;\n'],
  ])('is no caveat if %s', (_, patch) => {
    expect(answerInChange(printed, patch)).toEqual([]);
  });
});
