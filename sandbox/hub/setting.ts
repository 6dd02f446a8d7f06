/** A setting as it is stored. */
export interface Setting {
  readonly key: string;
  readonly name: string;
  readonly value: unknown;
  readonly type: string;
  readonly tag: readonly string[];
  readonly role: readonly string[];
  readonly category: string;
}

/**
 * @param body what a POST or PUT brought, and for a PUT that merges the fields of before
 * @returns the setting, or what is wrong with it
 */
export function settingFrom(
  key: string,
  body: Readonly<Record<string, unknown>>,
): Setting | { readonly message: string } {
  const type = typeof body.type === 'string' ? body.type : 'string';
  const value = body.value ?? null;
  if (type === 'object' && !isObjectValue(value)) {
    return { message: 'The value of an object setting must be a JSON object' };
  }
  return {
    key,
    name: typeof body.name === 'string' ? body.name : key,
    value: type === 'object' && typeof value !== 'string' ? JSON.stringify(value) : value,
    type,
    tag: listOf(body.tag),
    role: listOf(body.role),
    category: typeof body.category === 'string' ? body.category : 'custom',
  };
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isObjectValue(value: unknown): boolean {
  if (typeof value !== 'string') {
    return value !== null && typeof value === 'object';
  }
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed !== null && typeof parsed === 'object';
  } catch {
    return false;
  }
}
