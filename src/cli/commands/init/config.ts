import { existsSync } from 'node:fs';
import { configFile } from '../../../artifact/paths.ts';
import { writeDurable } from '../../../core/fs.ts';
import type { Done } from './done.ts';

/** Writes `.perf-gate/config.yaml` with the defaults as comments; one that is there stays. */
export function initConfig(project: string): Done {
  const file = configFile(project);
  const hint = 'Begin a run with `perf-gate start "what should be faster"`.';
  if (existsSync(file)) return { files: [], told: [`${file} is there already and stays as it is.`], hint };
  writeDurable(file, defaults);
  return { files: [file], told: [`${file} written, with the defaults as comments.`], hint };
}

const defaults = `# Defaults of this repository for perf-gate; every line is optional.

# Where \`perf-gate finish\` puts the story of a run, from the project's root.
# artifacts_dir: perf

# Whether an agent may approve a contract by itself. A contract is code: leave it to a person.
# agent_may_approve: false
`;
