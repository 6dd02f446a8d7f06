/** Hands a service task's answer, or its failure, back to the engine. */
export type ServiceCallback = (error: unknown, result?: unknown) => void;

/** A connector: takes the resolved inputs of a service task and calls back once. What it throws fails the run. */
export type Service = (
  input: Record<string, unknown>,
  message: unknown,
  callback: ServiceCallback,
) => void;

/** The connectors that the public sources name; the Hub has no others. */
export interface FlowServices {
  readonly httpRequest: Service;
  readonly onifyApiRequest: Service;
  readonly onifyElevatedApiRequest: Service;
}

/** @returns connectors with something put around each */
export function wrapped(
  services: FlowServices,
  wrap: (name: keyof FlowServices, service: Service) => Service,
): FlowServices {
  return {
    httpRequest: wrap('httpRequest', services.httpRequest),
    onifyApiRequest: wrap('onifyApiRequest', services.onifyApiRequest),
    onifyElevatedApiRequest: wrap('onifyElevatedApiRequest', services.onifyElevatedApiRequest),
  };
}

/** @returns connectors that tell what they throw: a wrong use must show, whatever boundary events the flow has */
export function failing(services: FlowServices, fail: (error: unknown) => void): FlowServices {
  return wrapped(services, (_name, service) => (input, message, callback) => {
    try {
      service(input, message, callback);
    } catch (error) {
      fail(error);
    }
  });
}
