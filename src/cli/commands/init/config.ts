import { existsSync } from 'node:fs';
import { configFile } from '../../../artifact/paths.ts';
import { writeDurable } from '../../../core/fs.ts';
import type { SetUp } from './set-up.ts';

/** Writes `.perf-gate/config.yaml` with the defaults as comments, unless the file exists. */
export function initConfig(project: string): SetUp {
  const file = configFile(project);
  const next = 'Start a run with `perf-gate start "what should be faster"`.';
  if (existsSync(file)) return { changed: [], told: [`${file} exists already; it stays as it is.`], next };
  writeDurable(file, defaults);
  return { changed: [file], told: [`Wrote ${file}, with the defaults as comments.`], next };
}

const defaults = `# Defaults of this repository for perf-gate; every line is optional.

# The folder for the story of a run that \`perf-gate finish\` writes, relative to the project's root.
# artifacts_dir: perf

# Whether an agent may approve a contract by itself. A contract runs commands: leave the approval to a person.
# agent_may_approve: false
`;
