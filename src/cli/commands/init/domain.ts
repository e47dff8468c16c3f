import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stringifyContract } from '../../../contract/write.ts';
import { domainNames } from '../../../core/domain-names.ts';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { recon } from '../../../scoping/recon/recon.ts';
import { templateOf } from '../../../scoping/template.ts';
import type { Done } from './done.ts';

/** Writes `perf-gate.yaml` for a domain, with the commands that were found in the project; one that is there stays. Throws `usage`. */
export function initDomain(project: string, given: string): Done {
  const domain = domainNames.find((name) => name === given);
  if (!domain)
    throw failure('usage', {
      problem: `There is no domain “${given}”.`,
      hint: `Use one of ${domainNames.join(', ')}.`,
    });
  const file = join(project, 'perf-gate.yaml');
  const hint = 'Read it, then begin: `perf-gate start "what should be faster" --contract perf-gate.yaml`.';
  if (existsSync(file)) return { files: [], told: [`${file} is there already and stays as it is.`], hint };
  const { contract, found, needs } = templateOf(domain, recon(project));
  writeDurable(file, stringifyContract(contract));
  const missing = found ? [] : ['No command was found that reproduces it: put yours in the place of the example.'];
  const needed = needs === null ? [] : [`What it measures needs this: ${needs}.`];
  return { files: [file], told: [`${file} written for ${domain}.`, ...missing, ...needed], hint };
}
