import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeArtifact } from '../artifact/artifact.ts';
import { writeDurable } from '../core/fs.ts';
import type { SuiteComparison } from '../record/suite.ts';
import { suiteMarkdown } from '../report/suite.ts';
import { type Kept, keepRecord, type Source } from './keep.ts';

/** Leaves the record of a suite in the project, beside those of single comparisons: `suite.md` and the samples of each benchmark. */
export const keepSuite = (project: string, comparison: SuiteComparison, { samples, redact }: Source): Kept =>
  keepRecord(project, comparison, redact, (dir, id) => {
    for (const name of existsSync(samples) ? readdirSync(samples) : [])
      writeDurable(join(dir, 'samples', name), readFileSync(join(samples, name)));
    writeArtifact(join(dir, 'suite.md'), { suite: id, ...comparison }, suiteMarkdown(comparison), redact);
  });
