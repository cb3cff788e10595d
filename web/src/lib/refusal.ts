/** Problem details, as the server says them. */
export interface Problem {
  code: string;
  detail: string;
  params: Record<string, unknown>;
  errors: { field: string; code: string }[];
}

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

/** Whether it was refused only because the professional has enough open jobs: it can be done all the same. */
export const isOverLimit = (error: unknown) =>
  error instanceof Refusal && error.code === "load_limit_reached";

/** Whether it may go better another time: what the server has said no to is said no to again. */
export const mayPass = (error: unknown) =>
  !(error instanceof Refusal && error.status >= 400 && error.status < 500);

/** The error if the server has said no, and null for anything else. */
export const refusalOf = (error: unknown) => (error instanceof Refusal ? error : null);
