import { parentPort } from 'node:worker_threads';
import type { TextFile } from '../text.js';
import { type Readings, readers } from './readers.js';

// A thread that can be ended while a library reads.
parentPort?.on('message', async ({ kind, file }: { kind: keyof Readings; file: TextFile }) => {
  try {
    parentPort?.postMessage({ reading: await readers[kind](file) });
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
