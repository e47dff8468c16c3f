import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stringifyContract } from '../../../contract/parse.ts';
import { domainNames } from '../../../core/domain-names.ts';
import { failure } from '../../../core/errors.ts';
import { writeDurable } from '../../../core/fs.ts';
import { recon } from '../../../scoping/recon/recon.ts';
import { templateOf } from '../../../scoping/template.ts';
import type { SetUp } from './set-up.ts';

/**
 * Writes `perf-gate.yaml` for a domain, with the commands that recon finds in the project, unless the file exists.
 * @throws usage: there is no such domain
 */
export function initDomain(project: string, named: string): SetUp {
  const domain = domainNames.find((name) => name === named);
  if (!domain)
    throw failure('usage', {
      problem: `There is no domain “${named}”.`,
      hint: `Use one of ${domainNames.join(', ')}.`,
    });
  const file = join(project, 'perf-gate.yaml');
  const next = 'Read it, then start: `perf-gate start "what should be faster" --contract perf-gate.yaml`.';
  if (existsSync(file)) return { changed: [], told: [`${file} exists already; it stays as it is.`], next };
  const { contract, found, needs } = templateOf(domain, recon(project));
  writeDurable(file, stringifyContract(contract));
  const missing = found ? [] : ['No command was found that reproduces the workload: replace the example with yours.'];
  const needed = needs === null ? [] : [`The primary metric needs this: ${needs}.`];
  return { changed: [file], told: [`Wrote ${file} for ${domain}.`, ...missing, ...needed], next };
}
