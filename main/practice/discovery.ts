/** `/.well-known/openid-configuration`. Source: slack-auth section 6; OpenID Connect Discovery section 3. */
export const DISCOVERY_PATH = '/.well-known/openid-configuration'
export const KEYS_PATH = '/openid/connect/keys'

/** @param issuer `http://localhost:PORT`, where everything is served */
export function discoveryDocument(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/openid/connect/authorize`,
    token_endpoint: `${issuer}/api/openid.connect.token`,
    userinfo_endpoint: `${issuer}/api/openid.connect.userInfo`,
    jwks_uri: `${issuer}${KEYS_PATH}`,
    scopes_supported: ['openid', 'profile', 'email'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'none'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: ['sub', 'auth_time', 'iss', 'nonce', 'at_hash', 'email', 'name', 'locale'],
  }
}
