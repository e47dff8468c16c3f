import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listArtifacts, readArtifact } from '../../artifact/artifact.ts';
import { comparisonPaths, runPaths } from '../../artifact/paths.ts';
import { exit } from '../../core/errors.ts';
import { readText } from '../../core/read-text.ts';
import { readComparison } from '../../record/comparison.ts';
import { isSuiteRecord, readSuite } from '../../record/suite.ts';
import { define } from '../command.ts';
import { findRecord } from '../terminal/find-run.ts';
import type { Tools } from '../terminal/tools.ts';

export const command = define({
  name: 'show',
  group: 'look',
  arguments: '[id]',
  completes: 'runs',
  summary: 'print the story of a run, artifact by artifact, or a comparison',
  example: 'perf-gate show',
  silent: true,
  async run({ id: named }, tools) {
    const found = await findRecord(tools.cwd, named);
    if ('comparison' in found) showComparison(found, tools);
    else showRun(found, tools);
    return exit.done;
  },
});

function showRun({ project, run }: { project: string; run: string }, tools: Tools): void {
  const { dir, report } = runPaths(project, run);
  const files = [...listArtifacts(dir).map((name) => join(dir, name)), ...(existsSync(report) ? [report] : [])];
  if (tools.json) {
    const artifacts = files.map((file) => ({ file, ...readArtifact(file) }));
    tools.out(
      JSON.stringify({
        run,
        artifacts: artifacts.map(({ file, data, body }) => ({ file, frontmatter: data, body })),
      }),
    );
  } else tools.out(files.map((file) => `──── ${file}\n${withoutFrontmatter(readText(file))}`).join('\n'));
}

function showComparison({ project, comparison }: { project: string; comparison: string }, tools: Tools): void {
  const { file: single, suite } = comparisonPaths(project, comparison);
  const isSuite = isSuiteRecord(project, comparison);
  const file = isSuite ? suite : single;
  const { data, body } = isSuite ? readSuite(project, comparison) : readComparison(project, comparison);
  if (tools.json) tools.out(JSON.stringify({ comparison, artifacts: [{ file, frontmatter: data, body }] }));
  else tools.out(`──── ${file}\n${body}`);
}

/** The body of an artifact, which a person reads. The frontmatter is for programs. */
const withoutFrontmatter = (text: string) => text.replace(/^---\n[\s\S]*?\n---\n/, '');
