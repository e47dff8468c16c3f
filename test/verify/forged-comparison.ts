import { createHash } from 'node:crypto';
import { rounded } from '../../src/artifact/frontmatter.ts';
import { askedBy } from '../../src/experiment/asked-by.ts';
import { designOf } from '../../src/experiment/experiment.ts';
import type { SessionData } from '../../src/experiment/judged.ts';
import { sessionPlan } from '../../src/experiment/setup.ts';
import { judged } from '../../src/experiment/verdict.ts';
import { stepsOf } from '../../src/measure/sessions/plan.ts';
import type { Sample } from '../../src/measure/sessions/sample.ts';
import { contractInForce } from '../../src/record/comparison.ts';
import type { Proof } from '../../src/verify/proof/form.ts';
import { summaryOfComparison } from '../../src/verify/proof/summary.ts';
import { textOf } from '../../src/verify/proof/text.ts';
import { checkSession } from '../../src/verify/session.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Lines that are chained as `sample-chain` chains them. */
function chained(rows: object[]): string[] {
  const lines: string[] = [];
  for (const row of rows) {
    const plain = JSON.stringify({ ...row, prev: lines.length === 0 ? '' : sha256(lines.at(-1)!) });
    lines.push(`${plain.slice(0, -1)},"sum":"${sha256(plain)}"}`);
  }
  return lines;
}

/**
 * What a forger makes who has perf-gate's code: the proof of a comparison in which every sample is made up, so that the head needs half of the
 * metric `noisy`, and every hash, judgement and verdict follows from them.
 */
export function withMadeUpSamples(proof: Proof): string {
  const { seal: _, evidence, ...rest } = structuredClone(proof);
  if (evidence.of !== 'comparison') throw new Error('the proof of a comparison was expected');
  const { record } = evidence;
  const contract = contractInForce(record);
  const [seed, design] = [`${record.base}..${record.head}`, designOf(contract)];
  const template = JSON.parse(evidence.samples.screen![0]!) as Sample;
  const samples: Record<string, string[]> = {};
  const session = (id: string): SessionData => {
    const looks = design.looks.map(({ n }) => n);
    const steps = stepsOf(sessionPlan(contract, { id, seed: `${seed}/${id}`, looks }), ['base', 'candidate']);
    const rows = steps.slice(0, 2 * (1 + looks[0]!)).map((step) => {
      const { prev: _, sum: __, ...row } = template as Sample & { prev: string; sum: string };
      const noisy = (step.arm === 'base' ? 1000 : 500) + ((step.index * 7) % 4);
      return { ...row, ...step, session: id, metrics: { noisy } };
    });
    samples[id] = chained(rows);
    const text = samples[id].map((line) => `${line}\n`).join('');
    const recorded = { ...record.sessions.screen!, samples_hash: sha256(text), warnings: [] };
    const given = { contract, seed, planned: { id, ...design }, recorded, where: '', broken: null };
    return rounded(checkSession(() => text, { ...given, kept: (data) => data }).data);
  };
  const sessions = { broken: null, screen: session('screen'), confirmation: session('confirmation') };
  const forged = { ...record, ...rounded(judged(sessions, askedBy(contract))) };
  return textOf({ ...rest, summary: summaryOfComparison(forged), evidence: { ...evidence, record: forged, samples } });
}
