import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as z from 'zod/mini';

/** A file that the blueprint ships. */
export interface ShippedFile {
  /** Where it lies in the Hub's resources, with a slash in front. */
  readonly path: string;
  readonly content: Buffer;
  /** SHA-256 of the content, in hexadecimal. */
  readonly digest: string;
}

const entry = z.looseObject({});
const configSchema = z.looseObject({
  form: z._default(z.array(z.extend(entry, { slug: z.string() })), []),
  workflow: z._default(z.array(z.extend(entry, { key: z.string() })), []),
});

/** The forms and workflows that the Hub imports. */
type Config = z.infer<typeof configSchema>;

/** What the package holds for a Hub. */
export interface Blueprint {
  /** In the order in which they are written: what others refer to comes first. */
  readonly files: readonly ShippedFile[];
  readonly config: Config;
  readonly configDigest: string;
}

// Flows name scripts, and config.json names flows and forms.
const FOLDERS = [
  { from: 'resources', to: '/' },
  { from: 'flows', to: '/flows' },
  { from: 'forms', to: '/forms' },
];

/**
 * Reads the blueprint of a package.
 *
 * @param root the folder that holds config.json, flows/, forms/ and resources/
 * @throws Error when a file can't be read or config.json is not what `validate` lets through
 */
export function loadBlueprint(root: string): Blueprint {
  const text = readFileSync(join(root, 'config.json'));
  const files = FOLDERS.flatMap(({ from, to }) => filesBelow(join(root, from), to));
  return {
    files,
    config: configSchema.parse(JSON.parse(text.toString('utf8'))),
    configDigest: digestOf(text),
  };
}

/** @returns the SHA-256 of a content, in hexadecimal; the same whether its lines end in LF or, as Git may check them out, in CRLF */
export function digestOf(content: Buffer): string {
  const text = content.includes('\r\n') ? withoutCarriageReturns(content) : content;
  return createHash('sha256').update(text).digest('hex');
}

// As bytes: a file need not be valid UTF-8.
function withoutCarriageReturns(content: Buffer): Buffer {
  return Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

function filesBelow(folder: string, hubPath: string): ShippedFile[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((file) => file.isFile() && !file.name.startsWith('.'))
    .map((file) => {
      const path = join(file.parentPath, file.name);
      const content = readFileSync(path);
      const below = path.slice(folder.length).split(/[\\/]/).join('/');
      return { path: posix.join(hubPath, below), content, digest: digestOf(content) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
