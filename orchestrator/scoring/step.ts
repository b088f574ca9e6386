import type { Place } from '../errors.ts';
import type { Column, Relation } from '../manifest/relation.ts';
import type { ResultTable, StatementResponse } from '../manifest/results.ts';
import type { EstimatorName, ScoreConfig } from './score-config.ts';

/**
 * What scoring asks of its driver, one step at a time: the generator decides, the driver in run/ awaits and sends the
 * answer back. Steps only read, except `execute`; none of them needs a transaction. `read-numbers` gives numeric columns
 * as arrays, null as NaN, in the order of the query's `order by`. `progress` says how far a long fit is.
 */
export type ScoreStep =
  | { readonly kind: Exclude<keyof ScoreStepAnswers, 'progress'>; readonly sql: string }
  | { readonly kind: 'progress'; readonly text: string };

/** The answer the driver sends back for each kind of step. */
export interface ScoreStepAnswers {
  readonly 'describe-query': readonly Column[];
  readonly query: ResultTable;
  readonly 'read-numbers': readonly Float64Array[];
  readonly execute: StatementResponse;
  readonly progress: undefined;
}

export type ScoreAnswer = ScoreStepAnswers[keyof ScoreStepAnswers];

/** Scoring at work. */
export type Scoring<Result> = Generator<ScoreStep, Result, ScoreAnswer>;

/** Says how far a long fit is; the driver decides whether that is worth a line. */
export function* report(text: string): Scoring<void> {
  yield { kind: 'progress', text };
}

/** Yields a step and gives its answer with the right type. */
export function* ask<Kind extends Exclude<keyof ScoreStepAnswers, 'progress'>>(
  kind: Kind,
  sql: string,
): Scoring<ScoreStepAnswers[Kind]> {
  return (yield { kind, sql }) as ScoreStepAnswers[Kind];
}

/** What a score node reads. */
export interface ScoreRows {
  /** The node's name; models are kept under it in the registry. */
  readonly name: string;
  readonly config: ScoreConfig;
  readonly place: Place;
  /** The node's compiled SQL: the rows to score. */
  readonly sql: string;
  /** Relation of the model named by `training`, as SQL text; null where the config names none. */
  readonly training: string | null;
  /** The run's as_of_date (YYYY-MM-DD); the config's own `as_of` wins. */
  readonly asOf: string | null;
}

/** One score node to fit and apply. */
export interface ScoreJob extends ScoreRows {
  /** `strata_models`; the driver creates it once per run with createRegistry() before any score starts. */
  readonly registry: Relation;
  /** A temporary table that a fit in the warehouse makes and drops. */
  readonly workTable: Relation;
  /** Checksum of the node's raw code. */
  readonly codeVersion: string;
  readonly invocationId: string;
  /** When the run started, `YYYY-MM-DD HH:MM:SS` UTC: scoring never reads the clock. */
  readonly startedAt: string;
}

/** What became of the model fitted: promoted, or refused with the reason. */
export type ModelStatus = 'champion' | 'rejected';

/** What the driver publishes. */
export interface ScoreOutcome {
  /** One select giving the scored rows, to be wrapped into create table as. */
  readonly sql: string;
  /** Registry statements, to run inside the transaction that publishes the table. */
  readonly statements: readonly string[];
  readonly estimator: EstimatorName;
  readonly status: ModelStatus;
  /** Version that gave the scores: the new model's, the former champion's, or null where there is none. */
  readonly version: string | null;
  /** One line for the reporter: `champion 2025-01-31.1f2e3d4c, AUC 0.812`. */
  readonly message: string;
}
