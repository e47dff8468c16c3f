import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listArtifacts, readArtifact } from '../../artifact/artifact.ts';
import { runPaths } from '../../artifact/paths.ts';
import { exit } from '../../core/errors.ts';
import { define } from '../command.ts';
import { findRun } from '../terminal/find-run.ts';

export const command = define({
  name: 'show',
  group: 'look',
  arguments: '[run]',
  summary: 'print the story of a run, artifact by artifact',
  example: 'perf-gate show',
  silent: true,
  async run({ run: named }, tools) {
    const { project, run } = await findRun(tools.cwd, named);
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
    } else tools.out(files.map((file) => `──── ${file}\n${withoutFrontmatter(readFileSync(file, 'utf8'))}`).join('\n'));
    return exit.done;
  },
});

/** The frontmatter is for programs; a person reads the body. */
const withoutFrontmatter = (text: string) => text.replace(/^---\n[\s\S]*?\n---\n/, '');
