import { lineUp } from '../../src/core/line.ts';

/** Takes a place in the line, says so, and waits until it is killed. */
lineUp(process.argv[2]!, process.argv[3]!);
process.send!('waiting');
setInterval(() => {}, 1000);
