import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Prints what was skipped and why (the reason is the test's note, or stands in its title), and one plain line at the end
 * of a run, after vitest's own report: "N passed, N failed".
 */
export default class ClosingLine implements Reporter {
  #isFiltered = false;

  onInit(vitest: Vitest): void {
    this.#isFiltered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const skips: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const result = test.result();
        counts[result.state] += 1;
        // Whoever asked for some tests by name knows that the others are not run.
        if (result.state !== 'skipped' || this.#isFiltered) continue;
        const note = result.note === undefined ? '' : `: ${result.note}`;
        skips.push(`skipped: ${module.relativeModuleId} > ${test.fullName}${note}\n`);
      }
      if (module.state() === 'failed' && module.errors().length > 0) counts.failed += 1;
    }
    counts.failed += unhandled.length;
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    // vitest flushes its own summary after this hook, so the line waits for the process to end.
    const closing = `${counts.passed} passed, ${counts.failed} failed${skipped}\n`;
    process.on('exit', () => process.stdout.write(`${skips.join('')}${closing}`));
  }
}
