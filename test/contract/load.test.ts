import { expect, test } from 'vitest';
import { parseContract, stringifyContract } from '../../src/contract/parse.ts';
import { mistakes } from './text.ts';

const contract = (
  parts: { load?: string; repro?: string; source?: string; service?: string; top?: string } = {},
) => `version: 1
repro:
  load: { url: "http://127.0.0.1:8080/", ${parts.load ?? 'seconds: 3'} }
${parts.service ?? '  service: { start: node server.js, ready: "http://127.0.0.1:8080/" }'}
${parts.repro ?? ''}
metrics:
  primary: { name: rps, lower_is_better: false, source: ${parts.source ?? '{ stdout: json, key: requests.average }'} }
${parts.top ?? ''}
`;
const told = (parts: Parameters<typeof contract>[0]) =>
  mistakes(contract(parts)).map((line) => line.replace(/^\S+ /, ''));

test('a load replaces the script, and is printed as a command line that a person can run', () => {
  const { repro } = parseContract(contract(), 'perf-gate.yaml');
  expect(repro.load).toEqual({ url: 'http://127.0.0.1:8080/', connections: 10, seconds: 3 });
  expect(repro.script).toBe('autocannon -c 10 -d 3 http://127.0.0.1:8080/');
  const many = parseContract(contract({ load: 'requests: 500, connections: 2' }), 'perf-gate.yaml');
  expect(many.repro.script).toBe('autocannon -c 2 -a 500 http://127.0.0.1:8080/');
});

test('a contract with a load is read back as it was written', () => {
  const parsed = parseContract(contract(), 'perf-gate.yaml');
  expect(parseContract(stringifyContract(parsed), 'again.yaml')).toEqual(parsed);
});

test('a contract with neither script nor load is reported where the script should be', () => {
  expect(mistakes('version: 1\nrepro: { cwd: . }\nmetrics: { primary: { name: a } }')).toEqual([
    'perf-gate.yaml:2:1 repro.script: expected text, or `load` instead, found nothing; for example: script: node bench.mjs',
  ]);
});

test.each([
  [{ repro: '  script: node bench.mjs' }, 'repro.script: expected either script or load, found both'],
  [{ service: '' }, 'repro.load: expected a service next to load, found none; for example: service:'],
  [{ load: 'connections: 2' }, 'repro.load: expected either seconds or requests, found none'],
  [{ load: 'seconds: 1, requests: 50' }, 'repro.load: expected either seconds or requests, found both'],
  [
    { load: 'requests: 5' },
    'repro.load.requests: expected at least one request for each of the 10 connections, found 5',
  ],
  [{ repro: '  timeout_s: 3' }, 'repro.load.seconds: expected less than timeout_s (3), found 3'],
  [{ source: 'wall' }, 'metrics.primary.source: expected a key of the load, found wall, which would measure the load'],
  [{ top: 'guards: { same_output: true }' }, 'guards.same_output: a load prints its measurements, which'],
])('%j is refused', (parts, message) => {
  const [first, ...others] = told(parts);
  expect(first).toContain(message);
  expect(others).toEqual([]);
});

test.each([
  ['"1"', undefined],
  ['"0,2-3"', undefined],
  ['1', 'repro.cpus: expected text, found the number 1; for example: cpus: "1"'],
  ['"3-2"', 'repro.cpus: expected ranges that go upwards, found the text "3-2"; for example: cpus: "1"'],
  ['"all"', 'repro.cpus: expected a list of CPUs as text, found the text "all"; for example: cpus: "1"'],
])('cpus: %s', (cpus, message) => {
  expect(told({ repro: `  cpus: ${cpus}` })[0]).toBe(message);
});

test('counters are sources without a unit of their own', () => {
  const counted = (source: string) => `version: 1
repro: { script: a }
metrics: { primary: { name: n, source: ${source} } }`;
  for (const source of ['instructions', 'callgrind'])
    expect(parseContract(counted(source), 'a.yaml').metrics.primary).toMatchObject({ unit: '', source });
});
