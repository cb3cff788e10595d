import createClient, { type Middleware } from "openapi-fetch";
import { type Problem, Refusal } from "@/lib/refusal";
import { belongTo, recall, remember, remembers } from "@/lib/store";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export type Me = Schemas["Me"];

let token = "";
/** Whose page this is, once they are known. */
let user: number | null = null;
let out = false;
let refreshing: Promise<boolean> | null = null;
let proving: Promise<boolean> | null = null;
let onSignedOut: () => void = () => undefined;
let onProofNeeded: () => Promise<boolean> = () => Promise.resolve(false);
let onAnother: () => void = () => location.reload();

/** Called once somebody who was signed in is so no more. */
export function whenSignedOut(run: () => void): void {
  onSignedOut = run;
}

/** Called when it has to be shown anew who sits here; true once it was. */
export function whenProofNeeded(run: () => Promise<boolean>): void {
  onProofNeeded = run;
}

/** Called once somebody else is signed in with this browser than whose page this is. */
export function whenAnother(run: () => void): void {
  onAnother = run;
}

/** Whether somebody has signed in with this browser and not out again; one that remembers nothing has to ask. */
export const wasSignedIn = () => !remembers() || recall("signedIn") === "1";

/** Whoever has just come in: the page is theirs. */
export function keepToken(me: Me): Me {
  token = me.token;
  user = me.id;
  out = false;
  belongTo(me.id);
  remember("signedIn", "1");
  remember("user", String(me.id));
  return me;
}

/** Whether whom the server has told of is whose page this is; for somebody else it begins anew. */
export function meet(me: Me): boolean {
  if (user !== null && user !== me.id) {
    onAnother();
    return false;
  }
  keepToken(me);
  return true;
}

/** Another tab has said who is signed in with this browser now. */
export function hearOfUser(id: string | null): void {
  if (id && user !== null && !out && String(user) !== id) onAnother();
}

/** The device is signed out, or it is not and this throws: nobody is told that they are out before they are. */
export async function signOut(): Promise<void> {
  await told(api.POST("/api/auth/sign-out"));
  token = "";
  user = null;
  out = true;
  remember("signedIn", "");
}

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
  if (answer.ok) return meet((await answer.json()) as Me);
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

const problemOf = async (answer: Response) =>
  (await answer
    .clone()
    .json()
    .catch(() => ({}))) as Partial<Problem>;

/** The token of the page is of a former sign-in of this browser: the one of now, if it is the same person's. */
async function meetAnew(): Promise<boolean> {
  const answer = await fetch("/api/me");
  return answer.ok && meet((await answer.json()) as Me);
}

/** What mends a refusal that is no last word: a token that has run out or was replaced by another tab's sign-in, or that
 * it is long ago that one showed who one is. */
async function mended(answer: Response): Promise<boolean> {
  if (answer.status !== 401 && answer.status !== 403) return false;
  const { code, params } = await problemOf(answer);
  if (code === "unauthenticated") return refresh();
  if (code === "forbidden") return params?.reason === "forgery_token" && meetAnew();
  return code === "proof_needed" && prove();
}

const ENTRANCE = /^\/api\/(auth|public)\//;

/** A request that was refused for what could be mended is made again: once for each of the three reasons. Whoever has been
 * signed out asks for nothing but to come in again. */
async function patient(request: Request): Promise<Response> {
  if (out && !ENTRANCE.test(new URL(request.url).pathname))
    return Response.json({ code: "unauthenticated" }, { status: 401 });
  let next = request;
  for (let left = 3; ; left--) {
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
