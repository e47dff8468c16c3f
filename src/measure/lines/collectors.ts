import type { Collector } from './collector.ts';
import { gcovCoverage } from './gcov.ts';
import { nodeCoverage } from './node.ts';
import { pythonCoverage } from './python.ts';

export const collectors: readonly Collector[] = [nodeCoverage, pythonCoverage, gcovCoverage];
