import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listArtifacts, readArtifact } from '../../artifact/artifact.ts';
import { runPaths } from '../../artifact/paths.ts';
import { exit } from '../../core/errors.ts';
import { chooseRun } from '../../record/runs.ts';
import type { Run } from '../command.ts';
import { projectOf } from '../terminal/project.ts';

export const silent = true;

export const run: Run = async ([named], _, tools) => {
  const project = await projectOf(tools.cwd);
  const id = chooseRun(project, named);
  const { dir, report } = runPaths(project, id);
  const files = [...listArtifacts(dir).map((name) => join(dir, name)), ...(existsSync(report) ? [report] : [])];
  if (tools.json) {
    const artifacts = files.map((file) => ({ file, ...readArtifact(file) }));
    tools.out(
      JSON.stringify({
        run: id,
        artifacts: artifacts.map(({ file, data, body }) => ({ file, frontmatter: data, body })),
      }),
    );
  } else tools.out(files.map((file) => `──── ${file}\n${withoutFrontmatter(readFileSync(file, 'utf8'))}`).join('\n'));
  return exit.done;
};

/** The frontmatter is for programs; a person reads the body. */
const withoutFrontmatter = (text: string) => text.replace(/^---\n[\s\S]*?\n---\n/, '');
