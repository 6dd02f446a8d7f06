import type { ConnectedWorld } from './connected-world.js';
import type { Finding } from './finding.js';
import { codeOf, isTroubled, type RunRecord } from './run-record.js';
import { SENTENCES } from './sentences.js';
import { type Stored, storedIn, tenantOf } from './stored.js';

const DAY = 86_400_000;
// Clocks of the Hub's nodes may be so far apart.
const SPARE_IS_OLD = 10 * DAY - 1_200_000;
const SEARCH_LAG = 2000;
// "Within the last minutes", as the sentence says.
const RESTARTED = 300_000;

/** Judges runs by what was so in the world. */
export class Judge {
  readonly found: Record<Finding, number> = { lost: 0, wrong: 0, foreign: 0, spent: 0, false: 0 };
  readonly #world: ConnectedWorld;
  /** Sentences that time must prove: said of a Hub whose store led nowhere at that moment. */
  #open: { readonly run: RunRecord; readonly claim: 'lost' | 'not lost' }[] = [];

  constructor(world: ConnectedWorld) {
    this.#world = world;
    world.onEnd = (run) => this.#judge(run);
  }

  /** Notes a finding. */
  find(finding: Finding, text: string): void {
    this.found[finding] += 1;
    this.#world.note(`${finding.toUpperCase()}: ${text}`);
  }

  /** Something outside has changed what is stored, or what works: nothing can be proved by what comes after. */
  restart(): void {
    this.#open = [];
  }

  /** All trouble is over, and nothing came of it. */
  end(): void {
    for (const { run, claim } of this.#open) {
      if (
        claim === 'not lost' &&
        !this.#world.truth.canConnect(storedIn(this.#world.settingsOf(run.hub)))
      ) {
        this.find('false', `${run.name} said that the connection is not lost, and it was`);
      }
    }
    this.restart();
  }

  #judge(run: RunRecord): void {
    if (run.isKilled || !run.result) {
      return;
    }
    if (run.kind === 'activation' && run.result.ok) {
      this.end();
    }
    if (!run.result.ok) {
      this.#judgeSentence(run);
    } else if (run.kind === 'refresh') {
      this.#judgeAnswer(run);
    }
    if (run.kind === 'refresh' && this.#world.clientCredentials) {
      this.#judgeSpending(run);
    }
  }

  #judgeAnswer(run: RunRecord): void {
    const { world, truth } = this.#world;
    const answer = run.result?.output.output as { access_token?: unknown } | undefined;
    const token = String(answer?.access_token);
    if (world.fortnox.isAccessTokenValid(token)) {
      const said = this.#open.filter((one) => one.run.hub === run.hub && one.claim === 'lost');
      for (const { run: sayer } of said.filter((one) => !this.#isActivatedSince(one.run))) {
        this.find('false', `${sayer.name} said that the connection is lost, and it was not`);
      }
      this.#open = this.#open.filter((one) => one.run.hub !== run.hub);
      const tenantId = world.fortnox.grantOf(token)?.tenantId;
      if (!this.#isConnected(run, tenantId)) {
        this.find('foreign', `${run.name} answered a token of tenant ${tenantId}`);
      }
    } else if (!truth.was('consent', run.from, run.to)) {
      this.find('wrong', `${run.name} answered a token that does not work`);
    }
  }

  #isActivatedSince({ from, hub }: RunRecord): boolean {
    return this.#world.runs.some(
      (run) => run.kind === 'activation' && run.hub === hub && (!run.result || run.to >= from),
    );
  }

  // The company whose token was stored when the run began, or one that was activated while it ran. Until an activation
  // has answered, the company before it is not yet replaced.
  #isConnected({ hub, from, before }: RunRecord, tenantId: number | undefined): boolean {
    const { runs, ledger } = this.#world;
    const storedFor = (stored: Stored) =>
      tenantOf(stored) ?? ledger.tenantOf(stored.refresh_token ?? '');
    const activated = runs.filter((run) => run.kind === 'activation' && run.hub === hub);
    const companies = activated.filter(({ result, to }) => !result || to >= from - SEARCH_LAG);
    const allowed = companies.flatMap((run) => [run.tenantId, storedFor(run.before)]);
    return [storedFor(before), ...allowed].includes(tenantId);
  }

  #judgeSentence(run: RunRecord): void {
    const code = codeOf(run);
    const sentence = SENTENCES[code ?? ''];
    const said = `${run.name} said [${code ?? run.result?.error?.message}]`;
    // The schedule passes on what the refresh said, which was judged then.
    if (run.kind === 'schedule' && this.#wasSaidWithin(run, code)) {
      return;
    }
    if (!sentence) {
      this.find('false', `${said}, which nothing here can bring about`);
      return;
    }
    if (!sentence.isTrue(run, this.#world)) {
      this.find('false', `${said}, and that did not happen`);
    }
    const { truth } = this.#world;
    const stored = storedIn(this.#world.settingsOf(run.hub));
    if (sentence.claims?.includes('unchanged') && run.tokens.includes(stored.access_token ?? '')) {
      this.find('false', `${said}: the stored token was left as it is, but it was not`);
    }
    const claim = sentence.claims?.find((one) => one === 'lost' || one === 'not lost');
    const isDeceived = run.calls.filter(({ fault }) => fault?.includes('invalid_grant')).length > 1;
    if (
      claim === 'lost' ? !isDeceived && !this.#isRestarted(run) : claim && !truth.canConnect(stored)
    ) {
      this.#open.push({ run, claim: claim === 'lost' ? 'lost' : 'not lost' });
    }
  }

  // What is said of a lost connection says what to do first where the Hub was restarted: a run that it takes up again may
  // hold the token.
  #isRestarted({ hub, to }: RunRecord): boolean {
    return this.#world.runs.some(
      (run) => run.isKilled && run.hub === hub && run.to >= to - RESTARTED && run.to <= to,
    );
  }

  #wasSaidWithin({ from, to, hub }: RunRecord, code: string | undefined): boolean {
    return this.#world.runs.some(
      (run) =>
        run.kind === 'refresh' &&
        run.hub === hub &&
        run.from >= from &&
        run.to <= to &&
        codeOf(run) === code,
    );
  }

  #judgeSpending(run: RunRecord): void {
    const { name, isScheduled, before, calls, from } = run;
    const isSteady =
      !!before.client_credentials_proven &&
      !before.client_credentials_rejected &&
      !calls.some(isTroubled) &&
      // What an activation stores while a run begins is not proven yet; another run may have noted a refusal since.
      !this.#isActivatedSince({ ...run, from: from - SEARCH_LAG }) &&
      !storedIn(this.#world.settingsOf(run.hub)).client_credentials_rejected;
    const spent = calls.filter(({ grant }) => grant === 'refresh_token').length;
    if (isSteady && spent > (isScheduled && isOld(before, from) ? 1 : 0)) {
      this.find('spent', `${name} used a refresh token up`);
    }
  }
}

function isOld({ refresh_token_timestamp: issued }: Stored, now: number): boolean {
  return !issued || now - Date.parse(issued) > SPARE_IS_OLD;
}
