/** Whether the engine can read a timer. Its libraries read it, so what they take is what a Hub takes. */
export interface TimerReaders {
  /** A duration or an interval of ISO 8601. */
  readonly isInterval: (text: string) => boolean;
  readonly isDate: (text: string) => boolean;
  /** A cron pattern with a date that comes. */
  readonly isCron: (text: string) => boolean;
  /** A cron pattern whose date never comes, such as one of 31 February. */
  readonly isNever: (text: string) => boolean;
}

type Piso = Pick<typeof import('@0dep/piso'), 'ISOInterval' | 'getDate'>;
type Croner = Pick<typeof import('croner'), 'Cron'>;

/**
 * @param piso gives the engine's library for ISO 8601
 * @param croner gives its library for cron patterns
 * @returns readers that ask for a library when they need it
 */
export function timerReaders(piso: () => Piso, croner: () => Croner): TimerReaders {
  const nextRun = (text: string) => {
    const { Cron } = croner();
    return new Cron(text, { paused: true }).nextRun();
  };
  return {
    isInterval: (text) => {
      const { ISOInterval } = piso();
      return succeeds(() => new ISOInterval(text).parse());
    },
    isDate: (text) => {
      const { getDate } = piso();
      return succeeds(() => getDate(text));
    },
    isCron: (text) => succeeds(() => nextRun(text)),
    isNever: (text) => succeeds(() => nextRun(text) === null || undefined),
  };
}

function succeeds(read: () => unknown): boolean {
  try {
    const value = read();
    // A pattern that never comes, such as 31 February, has no next time.
    return value !== undefined && value !== null;
  } catch {
    return false;
  }
}
