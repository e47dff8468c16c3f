import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getSimplePaths } from 'xstate/graph';
import { begin, buildMachine, step } from '../../src/record/machine.ts';
import { builtInWorkflow, readWorkflow } from '../../src/record/workflow.ts';
import { hopsFrom, line, noFacts, simplePaths } from './walk.ts';

const { definition } = readWorkflow(builtInWorkflow());
const machine = buildMachine(definition);
const stages = Object.keys(definition.stages);
const paths = simplePaths(machine, definition);
const hops = stages.flatMap((stage) => hopsFrom(machine, definition, stage));
const golden = join(import.meta.dirname, 'paths.golden.txt');

describe('the built-in workflow', () => {
  it('leads along these paths, and no others (UPDATE=1 accepts a change)', () => {
    const lines = `${paths.map(line).sort().join('\n')}\n`;
    if (process.env.UPDATE) writeFileSync(golden, lines);
    expect(lines).toBe(readFileSync(golden, 'utf8'));
    expect(paths.length).toBeGreaterThan(30);
  });

  it('is covered: every stage, every result and every target is on a path', () => {
    const taken = new Set(paths.flat().map((hop) => line([hop])));
    expect(hops.filter((hop) => !taken.has(line([hop])))).toEqual([]);
    const targets = Object.entries(definition.stages).flatMap(([from, { results }]) =>
      Object.entries(results).flatMap(([result, all]) => all.map((t) => `${from} ${result} ${t.when} ${t.to}`)),
    );
    expect(new Set(hops.map((h) => `${h.from} ${h.result} ${h.guard} ${h.to}`))).toEqual(new Set(targets));
  });

  it('commits only after the verdict “accepted”', () => {
    const commits = hops.filter((hop) => hop.effects.includes('commit'));
    expect(commits.length).toBeGreaterThan(0);
    expect(commits.map((h) => `${h.from} ${h.result}`)).toEqual(commits.map(() => 'verdict accepted'));
  });

  it('reverts every attempt that was not accepted, before the next stage begins', () => {
    const lost = hops.filter((hop) => hop.from === 'verdict' && hop.result !== 'accepted');
    expect(lost).toHaveLength(6);
    expect(lost.map((hop) => hop.effects)).toEqual(lost.map(() => ['revert']));
  });

  it('settles every attempt exactly once on each path', () => {
    for (const path of paths) {
      const opened = path.findIndex((hop) => hop.from === 'fix' && hop.result === 'done');
      const settled = path.flatMap((hop, i) => hop.effects.map(() => i));
      if (opened < 0) expect(settled).toEqual([]);
      else expect(settled).toEqual([path.findIndex((hop) => hop.from === 'verdict')]);
    }
  });

  it('has a path from every stage to an end, also by xstate', () => {
    const ends = new Set(paths.filter((p) => p.at(-1)!.to === 'completed').flatMap((p) => p.map((hop) => hop.from)));
    expect([...ends].sort()).toEqual([...stages].sort());
    const all = getSimplePaths(machine as never, {
      events: Object.values(definition.stages).flatMap(({ results }) =>
        Object.keys(results).flatMap((type) => [
          { type, facts: noFacts },
          { type, facts: allFacts },
        ]),
      ) as never,
      serializeState: (state: { value: unknown }) => String(state.value) as never,
    }) as unknown as { state: { value: string; status: string } }[];
    const reached = new Set(all.map(({ state }) => state.value));
    expect([...reached].sort()).toEqual([...stages, 'completed', 'escalated'].sort());
  });

  it.each(stages)('can be aborted and escalated at %s, and abort reverts an open attempt', (stage) => {
    const at = { stage, epoch: 7 };
    expect(step(machine, at, { type: 'abort', facts: { ...noFacts, attempt_open: true } })).toEqual({
      stage: 'aborted',
      epoch: 8,
      effects: ['revert'],
    });
    expect(step(machine, at, { type: 'abort', facts: noFacts })).toEqual({ stage: 'aborted', epoch: 8, effects: [] });
    expect(step(machine, at, { type: 'escalate', facts: noFacts })).toMatchObject({ stage: 'escalated', effects: [] });
  });

  it('raises the epoch by one at every transition, and ignores events that a stage does not have', () => {
    expect(begin(machine)).toEqual({ stage: 'scoping', epoch: 1 });
    expect(step(machine, { stage: 'scoping', epoch: 4 }, { type: 'pending', facts: noFacts })).toMatchObject({
      epoch: 5,
    });
    expect(step(machine, { stage: 'fix', epoch: 4 }, { type: 'accepted', facts: noFacts })).toBeUndefined();
    expect(step(machine, { stage: 'completed', epoch: 4 }, { type: 'abort', facts: noFacts })).toBeUndefined();
  });
});

const allFacts = Object.fromEntries(Object.keys(noFacts).map((name) => [name, true]));
