declare const STRATA_VERSION: string;

/** Runs one command line. */
export async function main(args: readonly string[]): Promise<void> {
  if (args[0] === '--version') process.stdout.write(`${STRATA_VERSION}\n`);
}
