import type { Matrix } from '../../../orchestrator/scoring/matrix.ts';

// The same streams were drawn in Python for scikit-learn: x ← (1103515245 x + 12345) mod 2³¹, exact in both.

function createStream(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 1103515245n + 12345n) % 2147483648n;
    return Number(state) / 2147483648;
  };
}

/** 240 rows of three inputs, uniform in [−2, 2), and labels drawn from a logistic model. */
export function drawClassification(): { readonly x: Matrix; readonly y: Float64Array } {
  const next = createStream(7);
  const x = { values: new Float64Array(720), rows: 240, columns: 3 };
  const y = new Float64Array(240);
  for (let i = 0; i < 240; i++) {
    for (let j = 0; j < 3; j++) x.values[i * 3 + j] = next() * 4 - 2;
    const z = 0.5 + 1.5 * (x.values[i * 3] ?? 0) - (x.values[i * 3 + 1] ?? 0);
    y[i] = next() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
  }
  return { x, y };
}

/** 300 points in the plane around four centres. */
export function drawClusters(): Matrix {
  const next = createStream(11);
  const centers = [
    [0, 0],
    [6, 1],
    [2, 7],
    [-5, 4],
  ];
  const values: number[] = [];
  for (let i = 0; i < 300; i++) {
    const [a = 0, b = 0] = centers[Math.floor(next() * 4)] ?? [];
    values.push(a + (next() + next() + next() - 1.5) * 2, b + (next() + next() + next() - 1.5) * 2);
  }
  return { values: Float64Array.from(values), rows: 300, columns: 2 };
}
