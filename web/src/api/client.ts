import createClient, { type Middleware } from "openapi-fetch";
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
let refreshing: Promise<boolean> | null = null;
let onSignedOut: () => void = () => undefined;

/** Called once somebody who was signed in is so no more. */
export function whenSignedOut(run: () => void): void {
  onSignedOut = run;
}

export function keepToken(me: Me): Me {
  token = me.token;
  return me;
}

export const forgeryToken = () => token;

/** A new access token, once for all requests that found the old one stale; false when signed out. */
export async function refresh(): Promise<boolean> {
  refreshing ??= fetch("/api/auth/refresh", { method: "POST" })
    .then(async (answer) => {
      if (answer.ok) keepToken((await answer.json()) as Me);
      return answer.ok;
    })
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

const withToken: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && token) request.headers.set("x-proli-token", token);
    return request;
  },
};

/** A request whose access token has run out is made once more with a new one. */
async function patient(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await fetch(request);
  const path = new URL(request.url).pathname;
  if (answer.status !== 401 || path.startsWith("/api/auth/sign-in") || path.startsWith("/api/auth/links")) {
    return answer;
  }
  if (!(await refresh())) {
    onSignedOut();
    return answer;
  }
  if (again.method !== "GET") again.headers.set("x-proli-token", token);
  return fetch(again);
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
