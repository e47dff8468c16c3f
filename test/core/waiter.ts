import { joinQueue } from '../../src/core/queue.ts';

/** Takes a place in the line, says so, and waits until it is killed. */
joinQueue(process.argv[2]!, process.argv[3]!);
process.send!('waiting');
setInterval(() => {}, 1000);
