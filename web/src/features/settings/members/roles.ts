import type { Schemas } from "@/api/client";

export type Role = Schemas["Role"];
/** From the most that one may do to the least. */
export const ROLES: Role[] = ["owner", "manager", "agent", "viewer", "professional"];
