import { resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Clock } from '../../core/clock.ts';
import type { Audit } from '../audit/audit.ts';
import { type Conditions, conditionsSchema } from './conditions.ts';
import { type Kept, keepInDay, keptEntries } from './day-file.ts';
import type { SentinelHome } from './home.ts';

/**
 * The subject of an audit: the hooks of a project, or the hooks of the plugins in a folder. Both paths are absolute. `plugins` is null for
 * the hooks of a project.
 */
export type Subject = { project: string; plugins: string | null };

export const subjectOf = (cwd: string, plugins: string | undefined): Subject => ({
  project: cwd,
  plugins: plugins === undefined ? null : resolve(cwd, plugins),
});

/** A stored audit, and when the audit was made (ISO 8601). */
export type KeptAudit = { at: string; audit: Audit };

/** A new audit, and the conditions under which it was made. The conditions are null if no hook was run. */
export type MadeAudit = { audit: Audit; conditions: Conditions | null };

/**
 * Stores an audit in `audits/DAY.json`. The new audit replaces an audit of the same subject from the same day. An audit in which no hook
 * was run is not stored, because it would replace an audit with times.
 */
export function keepAudit(
  home: SentinelHome,
  subject: Subject,
  { audit, conditions }: MadeAudit,
  clock: Clock,
): Kept | null {
  if (audit.cage.level === 'none') return null;
  const now = clock.now();
  return keepInDay(home, 'audits', {
    entry: { at: now, ...subject, conditions, audit },
    replaces: (before) => isOf(before, subject),
    now,
  });
}

/** The newest valid audit of this subject, with its conditions if they are known. Null if no such audit exists. */
export function latestAudit(
  home: SentinelHome,
  subject: Subject,
): (KeptAudit & { conditions: Conditions | null }) | null {
  for (const entry of keptEntries(home, 'audits')) {
    if (!isOf(entry, subject)) continue;
    const { data } = entrySchema.safeParse(entry);
    if (data) return { at: data.at, audit: data.audit as unknown as Audit, conditions: data.conditions ?? null };
  }
  return null;
}

/** Whether a stored entry is about this subject. */
export const isOf = (entry: unknown, { project, plugins }: Subject): boolean => {
  const of = entry as Partial<Subject> | null;
  return of?.project === project && of.plugins === plugins;
};

const time = z.nullable(z.number());
const texts = z.array(z.string());
const lines = z.array(z.looseObject({ file: z.string(), line: z.number() }));

/** The parts of a stored audit that perf-gate uses. Other keys are kept, because a newer version of perf-gate can write more keys. */
const auditSchema = z.looseObject({
  hooks: z.array(
    z.looseObject({
      id: z.string(),
      plugin: z.nullable(z.string()),
      event: z.string(),
      matcher: z.nullable(z.string()),
      command: z.string(),
      async: z.boolean(),
      wall_ms: time,
      cpu_ms: time,
      runs_ms: z.array(z.number()),
      execs: time,
      findings: texts,
      outcomes: texts,
    }),
  ),
  events: z.array(
    z.looseObject({
      event: z.string(),
      matched: z.nullable(z.string()),
      hooks: texts,
      makespan_ms: z.number(),
      cpu_ms: z.number(),
      runs: z.array(
        z.looseObject({
          parts: z.array(z.looseObject({ id: z.string(), start_ms: z.number(), wall_ms: z.number() })),
        }),
      ),
    }),
  ),
  findings: z.array(
    z.looseObject({
      rule: z.string(),
      severity: z.enum(['high', 'medium', 'low']),
      hook: z.string(),
      facts: z.record(z.string(), z.unknown()),
      title: z.string(),
      advice: z.string(),
      lines,
    }),
  ),
  redundancy: z.array(z.looseObject({ kind: z.string(), what: z.string(), hooks: texts, lines })),
  recommendations: z.array(
    z.looseObject({ title: z.string(), rule: z.string(), hooks: texts, files: texts, impact_ms: time }),
  ),
  score: z.number(),
  grade: z.string(),
  coverage: z.number(),
  cage: z.looseObject({ level: z.string() }),
  problems: z.array(z.looseObject({ code: z.string() })),
});

const entrySchema = z.looseObject({
  at: z.iso.datetime(),
  conditions: z.optional(z.nullable(conditionsSchema)),
  audit: auditSchema,
});
