import type { EnvironmentRef } from '../contract/views.ts'
import type { Secret } from '../platform/secret.ts'

/** Where imported app configuration tokens go. */
export interface ConfigurationTokenStore {
  /**
   * Keeps a configuration token, its refresh token, or both; at least one is there. Durable when it
   * resolves. Answers the ID that it is kept under.
   */
  add(tokens: ConfigurationTokenPair & { readonly environment: EnvironmentRef }): Promise<string>
}

export interface ConfigurationTokenPair {
  readonly token: Secret | null
  readonly refreshToken: Secret | null
}
