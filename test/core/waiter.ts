import { joinQueue } from '../../src/core/queue.ts';

/** Joins the queue, sends a message, and waits until it is killed. */
joinQueue(process.argv[2]!, process.argv[3]!);
process.send!('waiting');
setInterval(() => {}, 1000);
