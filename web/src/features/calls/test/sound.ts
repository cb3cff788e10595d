/** Sound as telephones send it: mu-law of 8,000 samples a second, in frames of 20 ms. Nothing here knows a browser. */

export const RATE = 8000;
export const FRAME = 160;

const BIAS = 0x84;
const LOUDEST = 32635;

/** A sample between -1 and 1 as a byte of mu-law (G.711). */
export function toUlaw(sample: number): number {
  const value = Math.round(Math.max(-1, Math.min(1, sample)) * 32767);
  const size = Math.min(Math.abs(value), LOUDEST) + BIAS;
  const exponent = 31 - Math.clz32(size) - 7;
  const mantissa = (size >> (exponent + 3)) & 0x0f;
  return ~((value < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

export function fromUlaw(byte: number): number {
  const bits = ~byte & 0xff;
  const size = (((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 0x07);
  return (bits & 0x80 ? BIAS - size : size - BIAS) / 32768;
}

/** The caller's side: what a microphone gives at its own rate becomes frames for the line. */
export class Spoken {
  readonly #step: number;
  #frame = new Uint8Array(FRAME);
  #filled = 0;
  #sum = 0;
  #count = 0;
  #phase = 0;

  constructor(rate: number) {
    this.#step = RATE / rate;
  }

  /** The frames that are full by these samples. */
  take(samples: Float32Array): Uint8Array[] {
    const full: Uint8Array[] = [];
    for (const sample of samples) {
      this.#sum += sample;
      this.#count += 1;
      this.#phase += this.#step;
      if (this.#phase < 1) continue;
      this.#phase -= 1;
      this.#frame[this.#filled++] = toUlaw(this.#sum / this.#count);
      this.#sum = this.#count = 0;
      if (this.#filled < FRAME) continue;
      full.push(this.#frame);
      this.#frame = new Uint8Array(FRAME);
      this.#filled = 0;
    }
    return full;
  }
}

/** Our side: what was sent is played in its order, and each mark is told once all before it was heard. */
export class Heard {
  readonly #step: number;
  #queue: (Uint8Array | string)[] = [];
  #at = 0;
  #phase = 0;
  #last = 0;
  #next = 0;

  constructor(rate: number) {
    this.#step = RATE / rate;
  }

  get plays(): boolean {
    return this.#queue.length > 0;
  }

  add(what: Uint8Array | string): void {
    this.#queue.push(what);
  }

  /** What was not heard yet is thrown away; its marks are told, as the provider of a line does. */
  clear(): string[] {
    const marks = this.#queue.filter((one) => typeof one === "string");
    this.#queue = [];
    this.#at = 0;
    return marks;
  }

  /** Fills `out` with what comes next, silence behind it; the marks that were come to. */
  play(out: Float32Array): string[] {
    const marks: string[] = [];
    for (let index = 0; index < out.length; index++) {
      this.#phase += this.#step;
      while (this.#phase >= 1) {
        this.#phase -= 1;
        this.#last = this.#next;
        this.#next = this.#sample(marks);
      }
      out[index] = this.#last + (this.#next - this.#last) * this.#phase;
    }
    return marks;
  }

  #sample(marks: string[]): number {
    for (;;) {
      const first = this.#queue[0];
      if (first === undefined) return 0;
      if (typeof first !== "string" && this.#at < first.length) return fromUlaw(first[this.#at++] ?? 0xff);
      if (typeof first === "string") marks.push(first);
      this.#queue.shift();
      this.#at = 0;
    }
  }
}
