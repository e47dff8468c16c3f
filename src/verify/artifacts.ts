import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formatFrontmatter, parseFrontmatter, rounded } from '../artifact/frontmatter.ts';
import { fileHash, sha256 } from '../core/hash.ts';
import { doneFacts, effects } from '../record/effects.ts';
import { lastStep } from '../record/state.ts';
import { runSummary } from '../report/run-summary.ts';
import type { Checked, EvidenceInPlace, Made } from './evidence.ts';
import { differences, type Finding, findingsOf } from './finding.ts';

/** Checks that every artifact of a transition exists unchanged and agrees with the journal. No other artifact may exist. */
export function checkArtifacts(evidence: EvidenceInPlace): Checked {
  const { made, paths } = evidence;
  // A transition from a stage to itself overwrites the artifact of the stage. The artifact must therefore agree with the last transition
  // that wrote it.
  const named = new Map(made.flatMap((m) => (m.record.artifact ? [[m.record.artifact, m] as const] : [])));
  const findings = [...named].flatMap(([name, { record }]) => checkArtifact(join(paths.dir, name), name, record));
  const unnamed = unnamedFiles(evidence, new Set(named.keys()));
  return {
    findings: [...findings, ...unnamed.findings, ...checkSummary(evidence), ...checkReport(evidence)],
    notes: unnamed.notes ?? [],
  };
}

function checkArtifact(file: string, name: string, record: Made['record']): Finding[] {
  if (!existsSync(file))
    return [{ code: 'artifact_missing', where: name, expected: record.artifact_hash, found: null }];
  const text = readFileSync(file, 'utf8');
  const { run: _run, started_at: _start, finished_at: _finish, ...says } = frontmatterOf(text);
  const { stage, epoch, attempt, result, data, effects } = record;
  const fields = findingsOf(
    'artifact_frontmatter',
    name,
    roundedDifferences({ stage, epoch, attempt, result, ...(data as object), ...effects }, says),
  );
  const found = sha256(text);
  if (fields.length > 0 || found === record.artifact_hash) return fields;
  return [{ code: 'artifact_body', where: name, expected: record.artifact_hash, found }];
}

/**
 * Compares two objects after rounding their numbers, because frontmatter is rounded. Artifacts of earlier versions contain unrounded
 * numbers.
 */
const roundedDifferences = (expected: unknown, found: unknown) => differences(rounded(expected), rounded(found));

/** The frontmatter of an artifact. Empty if the file is no longer an artifact, so that every field differs. */
function frontmatterOf(text: string): Record<string, unknown> {
  try {
    return parseFrontmatter(text).data;
  } catch {
    return {};
  }
}

const ours = new Set(['run.md', 'report.md', 'report.html', 'journal.jsonl']);

/**
 * Finds files in the folder of the artifacts that no transition names as its artifact. If a crash interrupted a stage, the artifact of this
 * stage is only noted, because the run writes the artifact again when it continues.
 */
function unnamedFiles({ paths, state }: EvidenceInPlace, named: ReadonlySet<string>): Checked {
  const files = readdirSync(paths.dir, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .filter((name) => !ours.has(name) && !named.has(name) && !name.startsWith('journal.jsonl.damaged-'));
  const numbered = [...named].filter((name) => /^\d/.test(name)).length;
  const next = state.ended ? null : basename(paths.artifact(numbered + 1, state.stage));
  return {
    findings: files
      .filter((name) => name !== next)
      .map((where) => ({ code: 'artifact_unnamed', where, expected: null, found: fileHash(join(paths.dir, where)) })),
    notes: files.filter((name) => name === next).map((where) => ({ code: 'artifact_unfinished', where })),
  };
}

/** Checks `run.md`, which can be behind the journal after a crash, but never ahead of it. */
function checkSummary({ paths, state }: EvidenceInPlace): Finding[] {
  const where = basename(paths.summary);
  if (!existsSync(paths.summary)) return [];
  const text = readFileSync(paths.summary, 'utf8');
  const { paused: _, ...says } = frontmatterOf(text);
  const summary = runSummary(state);
  const { paused: __, ...expected } = summary.data as Record<string, unknown>;
  if (Number(says.epoch) > state.epoch)
    return [{ code: 'journal_short', where, expected: says.epoch, found: state.epoch }];
  if (Number(says.epoch) < state.epoch) return [];
  const fields = findingsOf('summary_differs', where, roundedDifferences(expected, says));
  if (fields.length > 0 || state.paused) return fields;
  const whole = formatFrontmatter(rounded(summary.data), summary.body);
  const unrounded = formatFrontmatter(summary.data, summary.body);
  return text === whole || text === unrounded
    ? []
    : [{ code: 'summary_differs', where, expected: sha256(whole), found: sha256(text) }];
}

/** Checks both files of the report against their recorded hashes. */
function checkReport({ paths, state }: EvidenceInPlace): Finding[] {
  const html = lastStep(state, 'report')?.data.html_hash;
  const early = doneFacts(state, 'leave', effects.leave.key())?.report;
  const expected = [
    [paths.html, html ?? early?.html_hash],
    [paths.report, early?.report_hash],
  ] as const;
  return expected.flatMap(([file, hash]): Finding[] => {
    const found = fileHash(file);
    return !hash || hash === found ? [] : [{ code: 'report_changed', where: basename(file), expected: hash, found }];
  });
}
