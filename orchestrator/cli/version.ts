declare const STRATA_VERSION: string | undefined;

/** The version in package.json, which the bundler writes here; sources that run unbundled have none. */
export const version: string = typeof STRATA_VERSION === 'undefined' ? '0.0.0' : STRATA_VERSION;
