import type { Dialect } from '../dialects/dialect.ts';
import { renderCte, renderExtreme, renderList, renderNull } from './sql-text.ts';

const reasonCount = 3;
/** Below every contribution: stands in for a feature already named. */
const lowest = -1e300;

/** CTEs that find the largest contributions of each row, and the columns that name them. */
export interface Reasons {
  readonly ctes: readonly string[];
  /** The CTE to read from. */
  readonly last: string;
  readonly columns: { readonly names: readonly string[]; readonly values: readonly string[] };
}

/**
 * Finds the three features with the largest positive contribution by taking the greatest, noting its place and taking
 * the greatest of the others: a few comparisons per feature and no sort. Reads feature_1 … feature_n and `is_eligible`.
 */
export function renderReasons(
  features: readonly string[],
  from: string,
  options: { readonly fence: string; readonly dialect: Dialect },
): Reasons {
  const { fence, dialect } = options;
  const count = Math.min(reasonCount, features.length);
  const ctes: string[] = [];
  let last = from;
  for (let rank = 1; rank <= count; rank++) {
    ctes.push(renderCte(`greatest_${rank}`, renderGreatest(features.length, rank, { from: last, dialect }), fence));
    ctes.push(
      renderCte(`reasons_${rank}`, renderPlace(features.length, rank, { from: `greatest_${rank}`, dialect }), fence),
    );
    last = `reasons_${rank}`;
  }
  const ranks = Array.from({ length: reasonCount }, (_, i) => i + 1);
  return {
    ctes,
    last,
    columns: {
      names: ranks.map((rank) => (rank > count ? renderNull('string', dialect) : renderName(features, rank, dialect))),
      values: ranks.map((rank) => (rank > count ? renderNull('float', dialect) : renderValue(rank))),
    },
  };
}

interface Source {
  readonly from: string;
  readonly dialect: Dialect;
}

function renderGreatest(features: number, rank: number, { from, dialect }: Source): string {
  const candidates = Array.from({ length: features }, (_, i) => renderCandidate(i + 1, rank, dialect));
  return `select\n    ${from}.*,\n    greatest(\n${renderList(candidates)}\n    ) as contribution_${rank}\nfrom ${from}`;
}

/** A feature's contribution, or the lowest number where an earlier rank took it. */
function renderCandidate(feature: number, rank: number, dialect: Dialect): string {
  const earlier = Array.from({ length: rank - 1 }, (_, i) => `place_${i + 1}`);
  if (earlier.length === 0) return `feature_${feature}`;
  return `case when ${feature} in (${earlier.join(', ')}) then ${renderExtreme(lowest, dialect)} else feature_${feature} end`;
}

function renderPlace(features: number, rank: number, { from, dialect }: Source): string {
  const cases = Array.from(
    { length: features },
    (_, i) => `        when ${renderCandidate(i + 1, rank, dialect)} = contribution_${rank} then ${i + 1}`,
  );
  return `select\n    ${from}.*,\n    case\n${cases.join('\n')}\n    end as place_${rank}\nfrom ${from}`;
}

function renderName(features: readonly string[], rank: number, dialect: Dialect): string {
  const cases = features.map((feature, i) => `when ${i + 1} then ${dialect.renderLiteral(feature)}`);
  return `case when is_eligible and contribution_${rank} > 0 then case place_${rank} ${cases.join(' ')} end end`;
}

function renderValue(rank: number): string {
  return `case when is_eligible and contribution_${rank} > 0 then contribution_${rank} end`;
}
