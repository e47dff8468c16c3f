import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configFile } from '../../../artifact/paths.ts';
import { stringifyContract } from '../../../contract/parse.ts';
import type { DomainName } from '../../../core/domain-names.ts';
import { writeDurable } from '../../../core/fs.ts';
import { machineOf } from '../../../scoping/machine.ts';
import { recon } from '../../../scoping/recon/recon.ts';
import { templateOf } from '../../../scoping/template.ts';

/** The result of one kind of set-up. `changed`: the changed files. `told`: sentences for people. `next`: the next step. */
export type SetUp = { changed: string[]; told: string[]; next: string };

/** Writes `.perf-gate/config.yaml` with the defaults as comments, unless the file exists. */
export function initConfig(project: string): SetUp {
  const file = configFile(project);
  const next = 'Start a run with `perf-gate start "what should be faster"`.';
  if (existsSync(file)) return { changed: [], told: [`${file} exists already, and was not changed.`], next };
  writeDurable(file, defaults);
  return { changed: [file], told: [`Wrote ${file}, with the defaults as comments.`], next };
}

const defaults = `# Defaults of this repository for perf-gate; every line is optional.

# The folder where \`perf-gate finish\` writes the story of a run, relative to the project's root.
# artifacts_dir: perf

# Whether an agent may approve a contract. A contract runs commands: leave the approval to a person.
# This setting takes effect once it is committed, for runs that begin from that commit.
# agent_may_approve: false
`;

/** Writes `perf-gate.yaml` for a domain, unless the file exists. The contract's commands are those that `recon` finds in the project. */
export async function initDomain(project: string, domain: DomainName, env: NodeJS.ProcessEnv): Promise<SetUp> {
  const file = join(project, 'perf-gate.yaml');
  const next = 'Read the contract, then start a run: `perf-gate start "what should be faster"` uses the contract.';
  if (existsSync(file)) return { changed: [], told: [`${file} exists already, and was not changed.`], next };
  const { contract, found, needs } = templateOf(domain, recon(project, await machineOf(env)));
  writeDurable(file, stringifyContract(contract));
  const missing = found
    ? []
    : ['No command that reproduces the workload was found in the project: replace the example with yours.'];
  const needed = needs === null ? [] : [`The primary metric needs: ${needs}.`];
  return { changed: [file], told: [`Wrote ${file} for ${domain}.`, ...missing, ...needed], next };
}
