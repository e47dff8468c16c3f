import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeArtifact } from '../artifact/artifact.ts';
import { comparisonPaths } from '../artifact/paths.ts';
import { redactData } from '../artifact/redact.ts';
import { writeDurable } from '../core/fs.ts';
import { nextComparison } from '../record/runs.ts';
import type { SuiteComparison } from '../record/suite.ts';
import { suiteHtml } from '../report/html/suite.ts';
import { suiteMarkdown } from '../report/suite.ts';
import { type Kept, keepRecord, type Source } from './keep.ts';

/**
 * Writes the record of a suite to the folder of comparisons in the project: `suite.md`, an HTML page, and the samples of each benchmark.
 */
export const keepSuite = (project: string, comparison: SuiteComparison, { samples, redact }: Source): Kept =>
  keepRecord(project, comparison, redact, (dir, id) => {
    for (const name of existsSync(samples) ? readdirSync(samples) : [])
      writeDurable(join(dir, 'samples', name), readFileSync(join(samples, name)));
    const { suite, html } = comparisonPaths(project, id);
    const head = { suite: id, nth: nextComparison(project) };
    writeArtifact(join(dir, basename(suite)), { ...head, ...comparison }, suiteMarkdown(comparison), redact);
    writeDurable(join(dir, basename(html)), suiteHtml(redactData(comparison, redact)));
  });
