import { FRAME } from "./sound";
import type { FromTelephone, ToTelephone } from "./telephone.worklet";
import telephoneUrl from "./telephone.worklet?worker&url";

/** What the server says of a call that may begin. */
export interface Ticket {
  call_sid: string;
  token: string;
  path: string;
}

/** What happens on a line. */
export interface Happens {
  onPlays: (plays: boolean) => void;
  onOver: () => void;
}

const PROTOCOL = "audio.twilio.com";
const FRAME_MS = 20;
const ACCOUNT = `AC${"0".repeat(32)}`;

function stop(microphone: MediaStream | null): void {
  for (const track of microphone?.getTracks() ?? []) track.stop();
}

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const bytesOf = (words: string) => Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0));

/** The line of one call, on which this page is both the provider and the caller: it says word for word what Twilio says
 * on a media stream, and what a caller types besides. */
export class Line {
  readonly #socket: WebSocket;
  readonly #audio: AudioContext;
  readonly #telephone: AudioWorkletNode;
  readonly #stream: string;
  readonly #ticket: Ticket;
  #microphone: MediaStream | null = null;
  #listens = false;
  #number = 0;
  #frames = 0;

  /** The sound must be allowed by now: whoever makes this was asked by a press. */
  static async open(ticket: () => Promise<Ticket>, happens: Happens): Promise<Line> {
    const audio = new AudioContext();
    try {
      await audio.audioWorklet.addModule(telephoneUrl);
      await audio.resume();
      return new Line(audio, await ticket(), happens);
    } catch (error) {
      void audio.close();
      throw error;
    }
  }

  private constructor(audio: AudioContext, ticket: Ticket, { onPlays, onOver }: Happens) {
    this.#audio = audio;
    this.#ticket = ticket;
    this.#stream = `MZ${ticket.call_sid}`;
    this.#telephone = new AudioWorkletNode(audio, "telephone", { outputChannelCount: [1] });
    this.#telephone.connect(audio.destination);
    this.#telephone.port.onmessage = ({ data }: MessageEvent<FromTelephone>) => {
      if ("frame" in data) this.#speak(data.frame);
      else if ("mark" in data) this.#send("mark", { mark: { name: data.mark } });
      else onPlays(data.plays);
    };
    const address = new URL(ticket.path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    this.#socket = new WebSocket(address, PROTOCOL);
    this.#socket.onopen = () => this.#begin();
    this.#socket.onmessage = ({ data }: MessageEvent<string>) => this.#hear(JSON.parse(data));
    this.#socket.onclose = () => {
      this.#end();
      onOver();
    };
  }

  /** The caller says this, in words that count as written down by ears. */
  say(text: string): void {
    this.#send("words", { words: { text, final: true } });
  }

  /** Whether the microphone is heard on the line; what was said last holds, however long a browser asks. Refused by
   * whoever sits there, it is not heard. */
  async listen(on: boolean): Promise<void> {
    this.#listens = on;
    stop(this.#microphone);
    this.#microphone = null;
    if (!on) return;
    const wanted = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: wanted });
    if (!this.#listens) {
      stop(microphone);
      return;
    }
    stop(this.#microphone);
    this.#microphone = microphone;
    this.#audio.createMediaStreamSource(microphone).connect(this.#telephone);
  }

  hangUp(): void {
    this.#send("stop", { stop: { accountSid: ACCOUNT, callSid: this.#ticket.call_sid } });
    this.#socket.close();
    this.#end();
  }

  #begin(): void {
    this.#socket.send(JSON.stringify({ event: "connected", protocol: "Call", version: "1.0.0" }));
    this.#send("start", {
      start: {
        accountSid: ACCOUNT,
        streamSid: this.#stream,
        callSid: this.#ticket.call_sid,
        tracks: ["inbound"],
        mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
        customParameters: { token: this.#ticket.token },
      },
    });
  }

  #speak(frame: Uint8Array): void {
    if (!this.#number) return;
    const timestamp = String(this.#frames++ * FRAME_MS);
    const media = { track: "inbound", chunk: String(this.#frames), timestamp, payload: base64(frame) };
    this.#send("media", { media });
  }

  #hear(message: { event: string; media?: { payload: string }; mark?: { name: string } }): void {
    if (message.event === "clear") this.#tell({ clear: true });
    if (message.mark) this.#tell({ mark: message.mark.name });
    if (!message.media) return;
    const sound = bytesOf(message.media.payload);
    for (let at = 0; at < sound.length; at += FRAME) this.#tell({ play: sound.slice(at, at + FRAME) });
  }

  #tell(what: ToTelephone): void {
    this.#telephone.port.postMessage(what);
  }

  #send(event: string, about: object): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#number += 1;
    const sequenceNumber = String(this.#number);
    this.#socket.send(JSON.stringify({ event, sequenceNumber, streamSid: this.#stream, ...about }));
  }

  #end(): void {
    void this.listen(false);
    if (this.#audio.state !== "closed") void this.#audio.close();
  }
}
