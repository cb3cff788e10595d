import { Heard, Spoken } from "./sound";

/** What the page tells it: sound and marks of the other side, or that what was not heard yet is thrown away. */
export type ToTelephone = { play: Uint8Array } | { mark: string } | { clear: true };
/** What it tells the page: a frame of the caller's, a mark that was come to, whether the other side is heard. */
export type FromTelephone = { frame: Uint8Array } | { mark: string } | { plays: boolean };

declare const sampleRate: number;
declare const registerProcessor: (name: string, processor: unknown) => void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

const NOTHING = new Float32Array(128);

/** A telephone at the pace of the sound card: without a microphone the caller is silent, and sends that. */
class Telephone extends AudioWorkletProcessor {
  readonly #spoken = new Spoken(sampleRate);
  readonly #heard = new Heard(sampleRate);
  #plays = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ToTelephone>) => {
      if ("play" in data) this.#heard.add(data.play);
      else if ("mark" in data) this.#heard.add(data.mark);
      else for (const mark of this.#heard.clear()) this.#tell({ mark });
    };
  }

  process([microphone]: Float32Array[][], [speaker]: Float32Array[][]): boolean {
    for (const frame of this.#spoken.take(microphone?.[0] ?? NOTHING)) this.#tell({ frame });
    const [first, ...others] = speaker ?? [];
    if (!first) return true;
    for (const mark of this.#heard.play(first)) this.#tell({ mark });
    for (const other of others) other.set(first);
    if (this.#plays !== this.#heard.plays) {
      this.#plays = !this.#plays;
      this.#tell({ plays: this.#plays });
    }
    return true;
  }

  #tell(what: FromTelephone): void {
    this.port.postMessage(what);
  }
}

registerProcessor("telephone", Telephone);
