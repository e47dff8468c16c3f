import { type DomainName, domainNames } from '../../core/domain-names.ts';
import { domains, type Suggestion } from '../domains.ts';
import type { Candidate } from '../recon/finding.ts';
import type { Recon } from '../recon/recon.ts';

/** What the task and the repository point to; `custom` when nothing does. */
export function guessDomain(task: string, recon: Recon): DomainName {
  const scored = domainNames.map((name) => ({
    name,
    hits: task.match(new RegExp(domains[name].words, 'gi'))?.length ?? 0,
  }));
  const best = scored.reduce((a, b) => (b.hits > a.hits ? b : a));
  if (best.hits > 0) return best.name;
  return recon.scripts[0]?.kind === 'start' && recon.scripts[0].found_in.includes('bin') ? 'cli_startup' : 'custom';
}

/** The commands that recon found, those first that usually reproduce this domain. */
export function candidatesFor(domain: DomainName, recon: Recon): Candidate[] {
  const order = domains[domain].repro;
  const rank = ({ kind }: Candidate) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return [...recon.scripts].sort((a, b) => rank(a) - rank(b));
}

/** A suggestion made to fit the project: builds are looked for where this project's builds go. */
function fitted<S extends Suggestion>(suggestion: S, recon: Recon): S {
  const { source } = suggestion;
  if (typeof source !== 'object' || !('size' in source) || recon.output === null) return suggestion;
  const { needs: _, ...rest } = suggestion;
  return { ...rest, source: { ...source, size: recon.output } } as S;
}

/** The metrics to choose the primary from; CPU time has the least noise where the processor is the limit. */
export function primariesFor(domain: DomainName, recon: Recon): Suggestion[] {
  return domains[domain].primaries.map((suggestion) => fitted(suggestion, recon));
}

/** The watchdogs to choose from: those of the domain, and memory for all; never the primary itself. */
export function watchdogsFor(domain: DomainName, primary: string, recon: Recon) {
  const memory = domains.custom.watchdogs;
  const all = [...domains[domain].watchdogs, ...memory].map((suggestion) => fitted(suggestion, recon));
  return all.filter((w, i) => w.name !== primary && all.findIndex((other) => other.name === w.name) === i);
}
