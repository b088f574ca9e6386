const UINT32 = 4294967296;

/** A stream of pseudo-random numbers, the same for the same seed and stream number on every machine. */
export interface Random {
  /** A whole number in [0, 2^32). */
  readonly word: () => number;
  /** A number in [0, 1). */
  readonly uniform: () => number;
  /** A whole number in [0, below). */
  readonly below: (limit: number) => number;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
  /** A number of mean 0 and variance 1, in [-6, 6]. */
  readonly normal: () => number;
}

/**
 * The generator sfc32 (Doty-Humphrey's "small fast counting"), seeded by a seed and the number of a stream.
 * It uses 32-bit integer steps only, so its words cannot differ between engines.
 */
export function createRandom(seed: number, stream: number): Random {
  let a = mixWord(seed);
  let b = mixWord((stream ^ 0x9e3779b9) | 0);
  let c = mixWord((a + Math.imul(b, 0x85ebca6b)) | 0);
  let counter = 1;
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) word();

  const uniform = (): number => word() / UINT32;
  return {
    word,
    uniform,
    below: (limit) => Math.floor(uniform() * limit),
    chance: (probability) => uniform() < probability,
    normal: () => sumOfTwelve(uniform),
  };
}

/** Twelve uniforms have variance 1 together; unlike the usual transforms their sum needs no logarithm or sine. */
function sumOfTwelve(uniform: () => number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += uniform();
  return sum;
}

/** MurmurHash3's finaliser: neighbouring seeds give unrelated words. */
function mixWord(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** The position of the drawn weight; the weights need not sum to 1. */
export function pickWeighted(random: Random, weights: readonly number[]): number {
  let rest = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [position, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return position;
  }
  return weights.length - 1;
}

/** A count with the given mean, by Knuth's product of uniforms; `exponential(-mean)` is passed in as `floor`. */
export function drawCount(random: Random, floor: number): number {
  let count = 0;
  for (let product = random.uniform(); product > floor; product *= random.uniform()) count += 1;
  return count;
}
