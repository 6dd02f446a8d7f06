/**
 * What a profile says of a Hub, and the values that each part can have. Every part can also be `unknown`, which is what
 * a part that is left out means.
 */
export const PROFILE_VALUES = {
  settings: {
    /** PUT on a key that is missing. */
    put: ['creates', 'not-found'],
    /** What PUT does with fields that are left out: keeps them, or drops them. */
    putFields: ['merges', 'replaces'],
    /** POST on a key that exists. */
    post: ['overwrites', 'conflict'],
    /** Passwords in what `/my/config/settings` answers. */
    passwords: ['readable', 'masked'],
    /** DELETE /admin/config/settings/{key}; GET and PATCH of it go with it. */
    delete: ['works', 'missing'],
    /** Whether the list shows a write without `refresh=true` at once, or after about a second. */
    search: ['immediate', 'lags'],
  },
  workflows: {
    /** GET /admin/workflows */
    list: ['works', 'missing'],
    /** DELETE /admin/workflows/{key} */
    delete: ['works', 'missing'],
  },
  forms: {
    /** GET /setup/database/config/export, which is the only read of forms. */
    export: ['works', 'missing'],
    /** DELETE /admin/forms/{slug} */
    delete: ['works', 'missing'],
  },
  resources: {
    /** GET /admin/resources and /admin/resources/file */
    api: ['works', 'missing'],
    /** Whether the resources directory takes files. */
    directory: ['writable', 'read-only'],
    /** GET /admin/resources/history: a list of commits, an empty list, or no such endpoint. */
    git: ['synced', 'none', 'missing'],
  },
  processes: {
    /** POST /my/processes/start/{key} */
    start: ['works', 'missing'],
    /** GET /admin/processes */
    list: ['works', 'missing'],
  },
  /** The status of a run that failed. */
  failures: ['502', '500'],
  /** GET /swagger.json */
  swagger: ['works', 'missing'],
  /** The web app: the one that serves Pug forms, or one that doesn't (Helix alone). */
  app: ['pug', 'none'],
} as const;

/** The names of what can be read or switched, and for each the values that it has. */
type Known<T> = T extends readonly string[]
  ? T[number] | 'unknown'
  : { readonly [K in keyof T]: Known<T[K]> };

/** How one Hub behaves, as far as it was learnt; plain JSON. Holds no address, no secret and no data of a customer. */
export type Profile = Known<typeof PROFILE_VALUES> & {
  readonly format: 1;
  /** The API's version, where its OpenAPI document tells one. */
  readonly apiVersion?: string;
};
