import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isRecord } from '../core/json.js';
import { counted } from '../core/text.js';
import { answers, filesOf } from '../hub/answers.js';
import type { Probed, Prober } from '../hub/prober.js';
import { jsonOf, type Presence, presenceOf, statusOf } from './answer.js';
import { attention, type Check, ok, unknown } from './check.js';
import type { Profile } from './profile.js';

/** What was learnt of the Hub's resources. */
interface Resources {
  readonly checks: readonly Check[];
  readonly profile: Profile['resources'];
}

/** A resources directory is read no further: one with more in it is another. */
const MAX_FILES = 10_000;

/** The bits by which anyone may write. */
const ANY_WRITE = 0o222;

const isTree = (json: unknown) => answers.tree.safeParse(json).success;

/**
 * Looks at the resources as the Hub shows them, and as the directory holds them.
 *
 * @param tree what came back to `GET /admin/resources?tree=true`
 * @param history what came back to `GET /admin/resources/history`
 * @param dir the resources directory on this computer, where one was given; nothing is written to it
 */
export async function checkResources(
  prober: Prober,
  tree: Probed,
  history: Probed,
  dir: string | undefined,
): Promise<Resources> {
  const listed = answers.tree.safeParse(jsonOf(tree)).data;
  const shown = listed && filesOf(listed);
  const local = dir === undefined ? undefined : readDirectory(dir);
  const common = [...(shown ?? [])].sort();
  const path = common.find((file) => local?.files?.has(file)) ?? common[0];
  const content = path === undefined ? undefined : await contentOf(prober, path);
  const listing = presenceOf(tree, isTree);
  const api: Presence = listing === 'works' && path !== undefined && !content ? 'unknown' : listing;
  const git = gitOf(history);
  const isSame =
    dir === undefined || path === undefined || !content || !local?.files?.has(path)
      ? undefined
      : readFileSync(join(dir, path)).equals(content);
  return {
    checks: [
      hidden('resources', tree) ?? apiCheck(api),
      hidden('git', history) ?? gitCheck(git),
      directoryCheck(local, shown, isSame, git === 'synced', dir),
    ],
    profile: { api, git, directory: local?.state ?? 'unknown' },
  };
}

/** A directory as it is on this computer. */
interface Directory {
  readonly state: Profile['resources']['directory'];
  /** Hub paths; undefined where they can't be read. */
  readonly files: ReadonlySet<string> | undefined;
}

function readDirectory(dir: string): Directory {
  try {
    const files = new Set<string>();
    if (!statSync(dir).isDirectory()) {
      return { state: 'unknown', files: undefined };
    }
    collect(dir, '/', files);
    return { state: isWritable(dir) ? 'writable' : 'read-only', files };
  } catch {
    return { state: 'unknown', files: undefined };
  }
}

// What begins with a dot is Git's, or a file that is being written.
function collect(root: string, path: string, files: Set<string>): void {
  for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
    const child = posix.join(path, entry.name);
    if (files.size >= MAX_FILES || entry.name.startsWith('.')) {
      continue;
    }
    if (entry.isDirectory()) {
      collect(root, child, files);
    } else if (entry.isFile()) {
      files.add(child);
    }
  }
}

/** By the rights alone: nothing is written. A folder that nobody may write to is meant so, whatever root may do. */
function isWritable(dir: string): boolean {
  const folders = ['', 'flows', 'forms', 'scripts'].map((name) => join(dir, name));
  return folders.filter(existsSync).every((folder) => {
    try {
      accessSync(folder, constants.W_OK);
      return process.platform === 'win32' || (statSync(folder).mode & ANY_WRITE) !== 0;
    } catch {
      return false;
    }
  });
}

async function contentOf(prober: Prober, path: string): Promise<Buffer | undefined> {
  const query = { stream: 'false', path };
  const probed = await prober.probe({ method: 'GET', path: '/admin/resources/file', query });
  const file = answers.file.safeParse(jsonOf(probed)).data;
  return file && Buffer.from(file.content, 'base64');
}

function gitOf(history: Probed): Profile['resources']['git'] {
  const isList = (json: unknown) => Array.isArray(json) && (json.length === 0 || isCommit(json[0]));
  const presence = presenceOf(history, isList);
  if (presence !== 'works') {
    return presence;
  }
  const commits = jsonOf(history);
  return Array.isArray(commits) && commits.length > 0 ? 'synced' : 'none';
}

const isCommit = (entry: unknown) => isRecord(entry) && typeof entry.commitid === 'string';

/** @returns that a token without the rights is not shown it; undefined where that is not the reason */
function hidden(id: 'resources' | 'git', probed: Probed): Check | undefined {
  return [401, 403].includes(statusOf(probed) ?? 0)
    ? unknown(id, 'Not shown to this token.')
    : undefined;
}

function apiCheck(api: Presence): Check {
  if (api === 'works') {
    return ok('resources', 'The Hub shows its files.');
  }
  const text =
    api === 'missing' ? 'The Hub has no list of its files.' : 'The Hub does not show its files.';
  return unknown('resources', text, 'An installation can then not be checked in full.');
}

function gitCheck(git: Profile['resources']['git']): Check {
  const texts = {
    synced: ok(
      'git',
      'The files come from Git.',
      'Install into a checkout, commit, sync, then: install --wait 300',
    ),
    none: ok('git', 'No Git is configured.'),
    missing: unknown('git', 'The Hub has no history of its files.'),
    unknown: unknown('git', 'The Hub does not tell whether it syncs from Git.'),
  };
  return texts[git];
}

function directoryCheck(
  local: Directory | undefined,
  shown: ReadonlySet<string> | undefined,
  isSame: boolean | undefined,
  isSynced: boolean,
  dir: string | undefined,
): Check {
  if (!local) {
    return unknown('directory', 'None was given.', 'Give it with --resources-dir.');
  }
  if (!local.files) {
    const text = `${dir} is not a directory that can be read.`;
    return attention('directory', text, 'Check --resources-dir.');
  }
  if (local.state === 'read-only') {
    const hint = 'Run this program as a user that may write there, or use a Git checkout.';
    return attention('directory', `${dir} cannot be written to.`, hint);
  }
  if (!shown) {
    return unknown('directory', 'Can be written to; whether the Hub sees it, is not known.');
  }
  const missing = [...local.files].filter((path) => !shown.has(path));
  const others = [...shown].filter((path) => !local.files?.has(path));
  if (missing.length > 0 || others.length > 0 || isSame === false) {
    const text =
      missing.length > 0
        ? `The Hub does not show ${counted(missing.length, 'file')} of it.`
        : 'The Hub shows other files than it holds.';
    const hint = isSynced
      ? 'Commit, and let the Hub sync; pull what is newer there.'
      : 'Check --resources-dir: the Hub reads another directory.';
    return attention('directory', text, hint);
  }
  return local.files.size === 0
    ? ok('directory', 'Can be written to; it is empty, and so is what the Hub shows.')
    : ok('directory', 'Can be written to, and the Hub shows what it holds.');
}
