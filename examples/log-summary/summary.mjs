import { parseLine } from './src/line.mjs';
import { readRecords } from './src/records.mjs';
import { Summary } from './src/summary.mjs';

const summary = new Summary();
for await (const record of readRecords('access.log', parseLine)) summary.add(record);
process.stdout.write(summary.text());
