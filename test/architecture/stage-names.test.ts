import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInWorkflow, readWorkflow } from '../../src/record/workflow.ts';

const root = join(import.meta.dirname, '../..');
const { stages } = readWorkflow(builtInWorkflow()).definition;

describe('a stage has one name in every place:', () => {
  const table = readFileSync(join(root, 'src/stages/index.ts'), 'utf8');
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const manual = docs.map((name) => readFileSync(join(root, 'docs', name), 'utf8')).join('\n');

  it.each(Object.keys(stages))('%s', (stage) => {
    const { instructions, template } = stages[stage]!;
    expect([instructions, template]).toEqual([`stages/${stage}.md`, `templates/${stage}.md`]);
    for (const path of [instructions, template]) expect(existsSync(join(root, path))).toBe(true);
    const code = [`src/stages/${stage}.ts`, `src/stages/${stage}/${stage}.ts`];
    expect(code.filter((path) => existsSync(join(root, path)))).toHaveLength(1);
    expect(table).toMatch(new RegExp(`const stages[^{]*\\{[^}]*\\b${stage}\\b`));
    expect(manual).toMatch(new RegExp(`\`${stage}\``));
  });

  it('every text of a stage belongs to a known stage', () => {
    for (const folder of ['stages', 'templates'])
      expect(readdirSync(join(root, folder)).sort()).toEqual(
        Object.keys(stages)
          .map((s) => `${s}.md`)
          .sort(),
      );
  });
});
