import { expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { perfGate } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

it('prints the workflow as a table, as Mermaid and as JSON, anywhere', async () => {
  const cwd = temporaryFolder();
  const table = await perfgate.run(cwd, 'workflow');
  expect(table.stdout).toMatch(/^verdict +engine +accepted +commit +profile$/m);
  const mermaid = await perfgate.run(cwd, 'workflow', '--format', 'mermaid');
  expect(mermaid.stdout).toMatch(/^stateDiagram-v2\n {4}\[\*\] --> scoping\n/);
  expect(mermaid.stdout).toContain('    verdict --> fix: rejected [hotspots left] / revert\n');
  expect(await perfgate.json(cwd, 'workflow')).toMatchObject({
    code: 0,
    initial: 'scoping',
    stages: { fix: { by: 'actor' } },
  });
});

it('prints the JSON Schema of the contract', async () => {
  expect(await perfgate.json(temporaryFolder(), 'schema')).toMatchObject({
    $schema: expect.stringContaining('json-schema.org'),
    required: expect.arrayContaining(['version', 'repro', 'metrics']),
  });
});

it('prints its version, and help with an example for every command', async () => {
  const cwd = temporaryFolder();
  expect((await perfgate.run(cwd, '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const help = await perfgate.run(cwd, '--help');
  expect(help.code).toBe(0);
  const pages = await Promise.all(commands.map(({ name }) => perfgate.run(cwd, name, '--help')));
  for (const [i, { name, example }] of commands.entries()) {
    expect(help.stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    expect(pages[i]).toMatchObject({ code: 0, stderr: '' });
    expect(pages[i]!.stdout).toContain(`Example:\n  $ ${example}`);
  }
});
