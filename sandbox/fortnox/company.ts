/** An app that is registered at Fortnox. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris: readonly string[];
}

/** A grant that Fortnox gave a client for a company. */
export interface Grant {
  readonly clientId: string;
  readonly tenantId: number;
  readonly scope: string;
  /** When it was given, in milliseconds since 1970. */
  readonly at: number;
}

/** What a company agreed to for one client. */
export interface Consent {
  readonly scope: string;
  /** As a service account: client_credentials work for it. */
  readonly isService: boolean;
}

/** A customer of Fortnox, in which a system administrator can connect apps. */
export class Company {
  /** The company has dropped the licence for the integration; may be set back. */
  isLicenceDropped = false;
  /** What it agreed to, by client id. */
  readonly consents = new Map<string, Consent>();

  /**
   * @param tenantId its number at Fortnox, which is its DatabaseNumber as well
   * @param name as its books have it
   */
  constructor(
    readonly tenantId: number,
    readonly name: string,
  ) {}

  /** @returns what `GET /3/companyinformation` answers */
  information(): Record<string, unknown> {
    return { CompanyInformation: { CompanyName: this.name, DatabaseNumber: this.tenantId } };
  }
}
