import { existsSync } from 'node:fs';
import { readArtifact } from '../artifact/artifact.ts';
import { comparisonPaths } from '../artifact/paths.ts';
import { isFailure } from '../core/errors.ts';
import { comparisonIds } from './runs.ts';

/** The earlier comparison that the given comparison had to confirm, on another class of hosts. Undefined without one. */
export function confirmedBy(project: string, id: string): string | undefined {
  const { file, suite } = comparisonPaths(project, id);
  try {
    const { confirms } = readArtifact(existsSync(suite) ? suite : file).data;
    return typeof confirms === 'string' ? confirms : undefined;
  } catch (error) {
    if (isFailure(error, 'artifact_unreadable')) return undefined;
    throw error;
  }
}

/** The comparison that confirms the given comparison. Undefined without one. */
export const confirmationOf = (project: string, first: string): string | undefined =>
  comparisonIds(project).find((id) => confirmedBy(project, id) === first);
