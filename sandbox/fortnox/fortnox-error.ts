/** A failure that Fortnox names in its answer. */
export class FortnoxError extends Error {
  /**
   * @param error the field `error` of the answer
   * @param status the HTTP status
   * @param description the field `error_description`
   */
  constructor(
    readonly error: string,
    readonly status: 400 | 401,
    readonly description: string,
  ) {
    super(description);
  }
}
