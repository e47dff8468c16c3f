import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Forebear } from '../../src/core/lineage.ts';
import { callerOf } from '../../src/run/consent.ts';

const plugin = `CLAUDE_PLUGIN_ROOT=${join(dirname(fileURLToPath(import.meta.url)), '../../plugin')}`;

type Shown = [command: string, ...environment: string[]];

/** Processes by their command line and environment, the caller first. */
const chain = (caller: Shown, ...above: Shown[]): [Forebear, ...Forebear[]] => [
  forebear(caller, 0),
  ...above.map((shown, i) => forebear(shown, i + 1)),
];

function forebear([command, ...environment]: Shown, height: number): Forebear {
  return { pid: 100 - height, words: command.startsWith('perf-gate: ') ? [command] : command.split(' '), environment };
}

const approve = 'node /usr/bin/perf-gate approve';
const mark = 'CLAUDECODE=1';

describe('a person calls', () => {
  it.each([
    ['from a shell', chain([approve], ['bash'], ['sshd'])],
    ['while the name of a client is only an argument', chain([approve], ['vim claude'], ['bash'])],
    ['where a mark is empty', chain([approve, 'CLAUDECODE='], ['bash'])],
    ['who works on perf-gate', chain([approve], ['node /usr/bin/perf-gate hook'], ['bash perf-gate: notes'])],
    [
      'by a typed command, which the client hands to its hook',
      chain([approve, mark, plugin], ['node perf-gate hook', mark, plugin], ['claude']),
    ],
    ['the same where the client is not seen', chain([approve, mark, plugin], ['sh', mark, plugin], ['init'])],
  ])('%s', (_, processes) => expect(callerOf(processes)).toBe(null));
});

describe('an agent calls', () => {
  it.each([
    ['from its client’s shell', chain([approve, mark], ['bash', mark], ['claude'])],
    ['with an environment that it cleared', chain([approve], ['env'], ['bash', mark])],
    ['in place of its shell', chain([approve], ['claude'], ['bash'])],
    ['from a client that an interpreter runs', chain([approve], ['node /opt/bin/gemini'], ['bash'])],
    ['through a hook that it calls itself', chain([approve, mark, plugin], ['bash', mark], ['claude'])],
    ['through a client that it starts', chain([approve, mark, plugin], ['claude', mark], ['bash', mark], ['claude'])],
    ['from a hook that is not ours', chain([approve, mark, 'CLAUDE_PLUGIN_ROOT=/tmp'], ['claude'])],
    ['from another client', chain([approve, 'CODEX_SANDBOX=seatbelt'], ['bash'])],
  ])('%s', (_, processes) => expect(callerOf(processes)).toMatchObject({ is: 'agent' }));
});

it.each([
  ['measure', chain([approve], ['sh'], ['perf-gate: measure perf-gate approve'], ['bash'])],
  ['a title that was cut', chain([approve], ['perf-gate:'], ['bash'])],
  ['even for a hook', chain([approve, mark, plugin], ['perf-gate: mcp', mark, plugin], ['claude'])],
])('a process of perf-gate calls: %s', (_, processes) => expect(callerOf(processes)).toMatchObject({ is: 'ours' }));
