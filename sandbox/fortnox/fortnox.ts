import { type Client, Company, type Grant } from './company.js';
import { FortnoxError } from './fortnox-error.js';
import { documentedModes, type FortnoxModes } from './modes.js';
import { type TokenAnswer, Tokens } from './tokens.js';

/** The tenant id of a token that was asked for without one: every call of the API answers it with 500. */
const NO_TENANT = 0;

/**
 * What Fortnox remembers: which companies there are, what they agreed to, which codes and tokens it will still take.
 * Codes and refresh tokens work once. Nothing of it touches a network; the time is handed in.
 */
export class Fortnox {
  readonly modes: FortnoxModes;
  readonly #clients = new Map<string, Client>();
  readonly #companies = new Map<number, Company>();
  readonly #tokens: Tokens;
  readonly #now: () => number;

  /**
   * @param now tells the time in milliseconds since 1970
   * @param modes in place of what Fortnox documents
   */
  constructor(now: () => number, modes: Partial<FortnoxModes> = {}) {
    this.#now = now;
    this.modes = { ...documentedModes, ...modes };
    this.#tokens = new Tokens(now, this.modes);
    this.addCompany(998877, 'Exempelbolaget AB');
  }

  /** Adds a company that apps can be connected in; there is one from the start. */
  addCompany(tenantId: number, name: string): Company {
    const company = new Company(tenantId, name);
    this.#companies.set(tenantId, company);
    return company;
  }

  /** @returns all companies, the first first */
  companies(): Company[] {
    return [...this.#companies.values()];
  }

  /** @returns a company; the first where none is named @throws Error where there is none */
  company(tenantId?: number): Company {
    const company = tenantId === undefined ? this.companies()[0] : this.#companies.get(tenantId);
    if (!company) {
      throw new Error(`There is no company ${tenantId}.`);
    }
    return company;
  }

  /** Registers an app; a new secret ends the old one at once. */
  register(client: Client): void {
    this.#clients.set(client.id, client);
  }

  /** @returns the app, where the address to lead back to is one of its own */
  clientFor(id: string | undefined, redirectUri: string | undefined): Client | undefined {
    const client = this.#clients.get(id ?? '');
    return client && redirectUri !== undefined && client.redirectUris.includes(redirectUri)
      ? client
      : undefined;
  }

  /** A system administrator approves. @returns the code, good for ten minutes and one use */
  approve(
    clientId: string,
    redirectUri: string,
    scope: string,
    isService: boolean,
    company = this.company(),
  ): string {
    const { tenantId } = company;
    company.consents.set(clientId, { scope, isService });
    return this.#tokens.code({ clientId, tenantId, scope, at: this.#now() }, redirectUri);
  }

  /** Registers an app, has it approved, and exchanges the code at once. @returns the first tokens */
  connect(
    client: Client,
    scope: string,
    isService: boolean,
    company = this.company(),
  ): TokenAnswer {
    const [redirect_uri = ''] = client.redirectUris;
    this.register(client);
    const code = this.approve(client.id, redirect_uri, scope, isService, company);
    return this.#exchange(client, { code, redirect_uri });
  }

  /** A customer ends the connection: no token and no grant for that company works any longer. */
  revokeAll(company = this.company()): void {
    company.consents.clear();
    this.#tokens.endAllOf(company.tenantId);
  }

  /** @returns what an access token was given for, where the API would take it now */
  grantOf(accessToken: string): Grant | undefined {
    return this.#tokens.accessGrant(accessToken);
  }

  /** @returns whether the API would take this access token now */
  isAccessTokenValid(accessToken: string): boolean {
    return (this.grantOf(accessToken)?.tenantId ?? NO_TENANT) !== NO_TENANT;
  }

  /** @returns whether a refresh token still works */
  isRefreshTokenAlive(token: string): boolean {
    return this.#tokens.isRefreshTokenAlive(token);
  }

  /**
   * Ends one refresh token; says yes to made-up ones as well, as Fortnox does.
   *
   * @param basic the value of the Authorization header
   * @throws FortnoxError where the client is not known by it
   */
  revoke(basic: string | undefined, refreshToken: string): void {
    this.#authenticate(basic);
    this.#tokens.endRefreshToken(refreshToken);
  }

  /**
   * Takes a token call.
   *
   * @param basic the value of the Authorization header
   * @param form the fields of the body
   * @param tenantId the header TenantId, needed with client_credentials
   * @throws FortnoxError as Fortnox names it
   */
  token(
    basic: string | undefined,
    form: Readonly<Record<string, string>>,
    tenantId?: string,
  ): TokenAnswer {
    const client = this.#authenticate(basic);
    switch (form.grant_type) {
      case 'authorization_code':
        return this.#exchange(client, form);
      case 'refresh_token':
        return this.#refresh(client, form.refresh_token ?? '');
      case 'client_credentials':
        return this.#clientCredentials(client, tenantId);
      default:
        throw new FortnoxError('unsupported_grant_type', 400, 'The grant type is not supported');
    }
  }

  #authenticate(basic: string | undefined): Client {
    const [, encoded] = /^Basic (.+)$/.exec(basic ?? '') ?? [];
    const [id = '', ...rest] = Buffer.from(encoded ?? '', 'base64')
      .toString('utf8')
      .split(':');
    const client = this.#clients.get(id);
    if (client?.secret !== rest.join(':')) {
      throw new FortnoxError('invalid_client', 401, 'The client credentials are invalid');
    }
    return client;
  }

  #exchange(client: Client, form: Readonly<Record<string, string>>): TokenAnswer {
    const grant = this.#tokens.useCode(form.code ?? '', form.redirect_uri);
    if (grant?.clientId !== client.id) {
      const description = "Authorization code doesn't exist or is invalid";
      throw new FortnoxError('invalid_grant', 400, description);
    }
    return this.#tokens.issue(grant, true);
  }

  #refresh(client: Client, token: string): TokenAnswer {
    const { tenantId } = this.#tokens.refreshGrant(token) ?? this.company();
    this.#expectLicence(tenantId);
    const grant = this.#tokens.useRefreshToken(token);
    if (grant?.clientId !== client.id) {
      throw new FortnoxError('invalid_grant', 400, 'Invalid refresh token');
    }
    return this.#tokens.issue(grant, true);
  }

  #clientCredentials(client: Client, header: string | undefined): TokenAnswer {
    const tenantId = header === undefined ? NO_TENANT : Number(header);
    const grant = { clientId: client.id, tenantId, at: this.#now() };
    if (tenantId === NO_TENANT) {
      return this.#tokens.issue({ ...grant, scope: '' }, false);
    }
    this.#expectLicence(tenantId);
    const consent = this.#companies.get(tenantId)?.consents.get(client.id);
    if (!consent?.isService) {
      throw new FortnoxError('invalid_grant', 400, 'The client may not act for this tenant');
    }
    return this.#tokens.issue({ ...grant, scope: consent.scope }, false);
  }

  #expectLicence(tenantId: number): void {
    if (this.#companies.get(tenantId)?.isLicenceDropped) {
      throw new FortnoxError('error_missing_license', 401, 'The client credentials are invalid');
    }
  }
}
