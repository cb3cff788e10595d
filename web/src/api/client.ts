import createClient, { type Middleware } from "openapi-fetch";
import { recall, remember, remembers } from "@/lib/store";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export type Me = Schemas["Me"];

/** What the server refused, as problem details. `status` 0 is a network that did not answer. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly params: Record<string, unknown>;
  readonly fields: { field: string; code: string }[];

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.code ?? "unknown");
    this.status = status;
    this.code = problem.code ?? (status === 0 ? "offline" : "unknown");
    this.params = problem.params ?? {};
    this.fields = problem.errors ?? [];
  }
}

/** Whether somebody else has changed the same thing since it was read. */
export const isConflict = (error: unknown) =>
  error instanceof Refusal && error.status === 409 && error.code.endsWith("_changed");

interface Problem {
  code: string;
  detail: string;
  params: Record<string, unknown>;
  errors: { field: string; code: string }[];
}

let token = "";
let out = false;
let refreshing: Promise<boolean> | null = null;
let proving: Promise<boolean> | null = null;
let onSignedOut: () => void = () => undefined;
let onProofNeeded: () => Promise<boolean> = () => Promise.resolve(false);

/** Called once somebody who was signed in is so no more. */
export function whenSignedOut(run: () => void): void {
  onSignedOut = run;
}

/** Called when it has to be shown anew who sits here; true once it was. */
export function whenProofNeeded(run: () => Promise<boolean>): void {
  onProofNeeded = run;
}

/** Whether somebody has signed in with this browser and not out again; one that remembers nothing has to ask. */
export const wasSignedIn = () => !remembers() || recall("signedIn") === "1";

export function keepToken(me: Me): Me {
  token = me.token;
  out = false;
  remember("signedIn", "1");
  return me;
}

export const forgeryToken = () => token;

/** A new access token, once for all requests that found the old one stale; false when signed out, and then at once.
 * Throws when the server cannot be asked: nobody is signed out by that. */
export async function refresh(): Promise<boolean> {
  if (out) return false;
  refreshing ??= renew().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function renew(): Promise<boolean> {
  const answer = await fetch("/api/auth/refresh", { method: "POST" });
  if (answer.ok) {
    keepToken((await answer.json()) as Me);
    return true;
  }
  if (answer.status !== 401) throw new Refusal(answer.status, {});
  out = true;
  remember("signedIn", "");
  onSignedOut();
  return false;
}

/** Asked once for all requests that need it. */
async function prove(): Promise<boolean> {
  proving ??= onProofNeeded().finally(() => {
    proving = null;
  });
  return proving;
}

const withToken: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && token) request.headers.set("x-proli-token", token);
    return request;
  },
};

const codeOf = async (answer: Response): Promise<string> =>
  (
    (await answer
      .clone()
      .json()
      .catch(() => ({}))) as Partial<Problem>
  ).code ?? "";

/** What mends a refusal that is no last word: a token that has run out, or that it is long ago that one showed who one is. */
async function mended(answer: Response): Promise<boolean> {
  if (answer.status !== 401 && answer.status !== 403) return false;
  const code = await codeOf(answer);
  if (code === "unauthenticated") return refresh();
  return code === "proof_needed" && prove();
}

const ENTRANCE = /^\/api\/(auth|public)\//;

/** A request that was refused for what could be mended is made again: once for each of the two reasons. Whoever has been
 * signed out asks for nothing but to come in again. */
async function patient(request: Request): Promise<Response> {
  if (out && !ENTRANCE.test(new URL(request.url).pathname))
    return Response.json({ code: "unauthenticated" }, { status: 401 });
  let next = request;
  for (let left = 2; ; left--) {
    const again = next.clone();
    const answer = await fetch(next);
    if (left === 0 || !(await mended(answer))) return answer;
    if (again.method !== "GET") again.headers.set("x-proli-token", token);
    next = again;
  }
}

export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "http://localhost" : location.origin,
  fetch: patient,
});
api.use(withToken);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer; what was refused is thrown as a Refusal. */
export async function told<T>(answer: Promise<Answer<T>>): Promise<T> {
  let got: Answer<T>;
  try {
    got = await answer;
  } catch {
    throw new Refusal(0, {});
  }
  if (!got.response.ok) throw new Refusal(got.response.status, (got.error ?? {}) as Partial<Problem>);
  return got.data as T;
}
