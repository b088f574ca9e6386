import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { planRun, type RunPlan } from '../../../orchestrator/run/plan.ts';
import { schedule } from '../../../orchestrator/run/scheduler.ts';
import { makeManifest, type NodeSpec } from './support/project.ts';

function planOf(edges: Readonly<Record<string, readonly string[]>>): RunPlan {
  const specs: NodeSpec[] = Object.entries(edges).map(([name, reads]) => ({ name, reads }));
  const manifest = makeManifest(specs, { database: 'db', schema: 'shop' });
  return planRun({ manifest, selection: new Set(Object.keys(manifest.nodes)), command: 'run' });
}

interface Settings {
  readonly workers?: number;
  readonly failFast?: boolean;
  readonly failing?: readonly string[];
  readonly millis?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
}

/** What happened, in order: `+a` started, `-a` ended, `a!b` skipped because of b, `a?` prepared. */
async function runPlan(plan: RunPlan, settings: Settings = {}): Promise<readonly string[]> {
  const log: string[] = [];
  const name = (id: string) => id.split('.')[2] ?? id;
  const runner = {
    run: async (id: string): Promise<boolean> => {
      log.push(`+${name(id)}`);
      await sleep(settings.millis?.[name(id)] ?? 1);
      log.push(`-${name(id)}`);
      return !(settings.failing ?? []).includes(name(id));
    },
    skip: (id: string, cause: string | null) => void log.push(`${name(id)}!${cause === null ? '' : name(cause)}`),
    prepare: (id: string) => void log.push(`${name(id)}?`),
  };
  const signal = settings.signal ?? new AbortController().signal;
  await schedule(plan, runner, { workers: settings.workers ?? 1, failFast: settings.failFast ?? false, signal });
  return log;
}

const started = (log: readonly string[]) => log.filter((entry) => entry.startsWith('+')).join(' ');

describe('the scheduler', () => {
  it('starts the longest way first', async () => {
    const plan = planOf({ short: [], long1: [], long2: ['long1'], long3: ['long2'], medium: [], medium2: ['medium'] });
    expect(started(await runPlan(plan))).toBe('+long1 +medium +long2 +short +medium2 +long3');
  });

  it('overlaps independent nodes and keeps to the number of workers', async () => {
    const log = await runPlan(planOf({ a: [], b: [], c: [] }), { workers: 2, millis: { a: 20, b: 40, c: 5 } });
    expect(log.filter((entry) => !entry.endsWith('?'))).toEqual(['+a', '+b', '-a', '+c', '-c', '-b']);
  });

  it('prepares what waits for a worker while the workers are busy', async () => {
    const log = await runPlan(planOf({ a: [], b: [] }), { millis: { a: 20 } });
    expect(log).toEqual(['+a', 'b?', '-a', '+b', '-b']);
  });

  it('skips everything below a failure, and only that', async () => {
    const plan = planOf({ a: [], b: ['a'], c: ['b'], d: [] });
    const log = await runPlan(plan, { failing: ['a'] });
    expect(log.filter((entry) => !entry.endsWith('?'))).toEqual(['+a', '-a', 'b!a', 'c!a', '+d', '-d']);
  });

  it('skips the rest after the first failure with fail-fast, and lets what runs end', async () => {
    const plan = planOf({ a: [], slow: [], d: [] });
    const log = await runPlan(plan, { workers: 2, failFast: true, failing: ['a'], millis: { slow: 30 } });
    expect(log.filter((entry) => !entry.endsWith('?'))).toEqual(['+a', '+slow', '-a', 'd!', '-slow']);
  });

  it('starts nothing more when it is aborted', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 10);
    const log = await runPlan(planOf({ a: [], b: ['a'], c: [] }), { signal: controller.signal, millis: { a: 40 } });
    expect(log.filter((entry) => !entry.endsWith('?'))).toEqual(['+a', 'b!', 'c!', '-a']);
  });

  it('ends at once when there is nothing to do', async () => {
    expect(await runPlan(planOf({}))).toEqual([]);
  });
});
