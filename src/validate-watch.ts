import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import type { Watch } from './validate/index.js';

// The thread beside the one that reads a blueprint, which may be busy for ever and heeds nothing then. It ends the
// process where nobody waits for it any more, and where its time is over.
const { parent, ms } = workerData as Watch;
const end = () => process.kill(process.pid, 'SIGKILL');
new Socket({ fd: parent }).on('error', end).on('close', end).resume();
setTimeout(end, ms);
