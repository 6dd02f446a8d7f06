import { HTTP, HUB } from './connectors.js';

/** Where the addresses of the Hub begin that are public. */
const OF_HUB = /^(my|admin|setup|tools)\//;
/** What may stand for a part that is worked out. */
const WORKED_OUT = /\$\{[^{}]*\}/g;

/** What is wrong with an address. */
interface AddressProblem {
  readonly message: string;
  readonly isLikely?: true;
}

/**
 * @param id of the connector that calls it
 * @param url with `${…}` for each part that is worked out
 * @returns what is wrong with it; undefined where nothing is, or that is not known
 */
export function addressProblem(id: string, url: string): AddressProblem | undefined {
  if (/^\s*(\$\{|$)/.test(url)) {
    return undefined;
  }
  if (HUB.includes(id)) {
    return hubProblem(url);
  }
  if (id !== HTTP) {
    return undefined;
  }
  if (!/^\s*https?:\/\/[^/\s]/i.test(url) && !/^\s*https?(:\/{0,2})?\$\{/i.test(url)) {
    return { message: `"${short(url)}" is not a full address. Begin it with https://.` };
  }
  const host = wrongHost(url);
  return host === undefined
    ? undefined
    : { message: `"${short(host)}" can't be a host. Mend the address.` };
}

function hubProblem(url: string): AddressProblem | undefined {
  if (/^https?:/i.test(url)) {
    return { message: 'The Hub is called by a path such as /my/…, not by a full address.' };
  }
  if (/^\/?api\/v\d/.test(url)) {
    return { message: 'Leave /api/v2 out: the connector adds it.' };
  }
  return OF_HUB.test(url)
    ? {
        message: `Every public call of the Hub begins with a slash. Write /${short(url)}.`,
        isLikely: true,
      }
    : undefined;
}

/** The host of an address where it can be none. */
function wrongHost(url: string): string | undefined {
  const authority = /^\s*https?:\/\/([^/?#\\]*)/i.exec(url.replace(WORKED_OUT, '${}'))?.[1] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).trimEnd();
  const isFixed = !host.includes('${}');
  const isWrong =
    // What is worked out may be any part of it, but does not take away what no host has.
    /[\s<>^|"{}]/.test(host.replaceAll('${}', '')) ||
    (isFixed && !URL.canParse(`https://${host}/`));
  return isWrong ? host : undefined;
}

function short(address: string): string {
  const text = address.replaceAll('${}', '…');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
