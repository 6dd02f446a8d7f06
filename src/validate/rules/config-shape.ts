/** What a member of config.json may hold. */
export type Shape =
  | 'text'
  | 'boolean'
  | 'texts'
  | 'anything'
  | { readonly required: readonly string[]; readonly members: Readonly<Record<string, Shape>> };

/** Fields of a form, as Onify's own blueprints use them. */
const form: Shape = {
  required: ['slug', 'template'],
  members: {
    slug: 'text',
    title: 'text',
    name: 'text',
    description: 'text',
    icon: 'anything',
    template: { required: ['form'], members: { form: 'text', result: 'text' } },
    test: 'boolean',
    role: 'texts',
    tag: 'texts',
    noninteractive: 'boolean',
    process: {
      required: ['workflow'],
      members: { workflow: 'text', title: 'text', description: 'text' },
    },
  },
};

/** Fields of a workflow, as Onify's own blueprints use them. */
const workflow: Shape = {
  required: ['key', 'bpmnresource'],
  members: {
    key: 'text',
    name: 'text',
    description: 'text',
    bpmnresource: 'text',
    state: 'anything',
    owner: 'anything',
    impersonate: 'anything',
    icon: 'anything',
    tag: 'texts',
    role: 'texts',
  },
};

const other: Shape = 'anything';

/** The collections that the Hub imports (onify/functions), each a list. */
export const collections: Readonly<Record<string, Shape>> = {
  agent: other,
  dashboard: other,
  domain: other,
  form,
  locale: other,
  role: other,
  workflow,
  user: other,
  guide: other,
  bulletin: other,
  option: other,
  shortcut: other,
  workspace: other,
};

/** Members that entries are told apart by, where it is known. */
export const keyMembers: Readonly<Record<string, string>> = { form: 'slug', workflow: 'key' };
