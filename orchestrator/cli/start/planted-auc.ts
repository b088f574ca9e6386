/**
 * The best AUC that can be had, from the truth file of the demo data: of its last quarter where the model was judged on
 * that, of all dates otherwise. Null for a file of another form.
 */
export function readPlantedAuc(text: string, validationFrom: string): number | null {
  const planted = pick(pick(JSON.parse(text), 'churn'), 'planted_auc');
  const lastQuarter = pick(planted, 'last_quarter');
  const from = pick(lastQuarter, 'from');
  const isLate = typeof from === 'string' && validationFrom.slice(0, 10) >= from;
  const realised = pick(isLate ? lastQuarter : pick(planted, 'all_dates'), 'realised');
  return typeof realised === 'number' ? realised : null;
}

function pick(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
