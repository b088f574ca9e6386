import type { SnowflakeLogin } from '../../orchestrator/adapters/snowflake-login.ts';

/** A login by name and password. */
export function passwordLogin(user: string, password: string): SnowflakeLogin {
  return {
    authenticator: 'snowflake',
    user,
    password,
    passcode: null,
    privateKey: null,
    privateKeyPath: null,
    privateKeyPassphrase: null,
    token: null,
    oauthClientId: null,
    oauthClientSecret: null,
    oauthTokenRequestUrl: null,
    oauthAuthorizationUrl: null,
    oauthScope: null,
  };
}
