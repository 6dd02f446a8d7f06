import { readdirSync, readFileSync } from 'node:fs';

/** What could be seen of processes while something ran. */
export interface Seen {
  /** The command lines of all processes of this computer. */
  readonly commandLines: ReadonlySet<string>;
  /** The environments of the processes that one process started, and of theirs. */
  readonly environments: ReadonlySet<string>;
}

/** Looks at /proc again and again, as another user's `ps` does. Linux alone. */
export class ProcessWatch {
  readonly seen = { commandLines: new Set<string>(), environments: new Set<string>() };
  #isOver = false;

  /** @param root whose children's environments are looked at; its own is what it was given */
  constructor(root: number) {
    const look = () => {
      this.#look(root);
      if (!this.#isOver) {
        setTimeout(look, 2);
      }
    };
    look();
  }

  /** Stops looking. */
  stop(): Seen {
    this.#isOver = true;
    return this.seen;
  }

  #look(root: number): void {
    const parents = new Map<number, number>();
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const stat = read(`/proc/${name}/stat`);
      // The name of the program may hold spaces and brackets; the parent is the second word behind it.
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      this.seen.commandLines.add(read(`/proc/${name}/cmdline`));
    }
    for (const pid of parents.keys()) {
      // Between fork and exec a child is still its parent's copy, which nobody else may look into.
      const isCopy = read(`/proc/${pid}/cmdline`) === read(`/proc/${root}/cmdline`);
      if (pid !== root && !isCopy && isBelow(pid, root, parents)) {
        this.seen.environments.add(read(`/proc/${pid}/environ`));
      }
    }
  }
}

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  let at = pid;
  for (let depth = 0; depth < 64 && at > 1; depth += 1) {
    if (at === root) {
      return true;
    }
    at = parents.get(at) ?? 0;
  }
  return false;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
