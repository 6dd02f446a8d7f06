import { createRequire } from 'node:module';
import { timerReaders } from './timers.js';

const require = createRequire(import.meta.url);

/** Readers that load the engine's libraries when the first timer needs them, as that takes a while. */
export const nodeTimers = timerReaders(
  () => require('@0dep/piso') as typeof import('@0dep/piso'),
  () => require('croner') as typeof import('croner'),
);
