import { beforeEach, expect, test, vi } from "vitest";

const me = (id: number, token: string) => ({ id, token, email: `${id}@example.com` });
const refused = (status: number, code: string, params = {}) => Response.json({ code, params }, { status });

/** The server's answers, in order, and what it was asked. */
let answers: (Response | Error)[] = [];
let asked: { method: string; path: string; token: string | null }[] = [];

beforeEach(() => {
  vi.resetModules();
  answers = [];
  asked = [];
  vi.stubGlobal("fetch", async (to: Request | string) => {
    const request = typeof to === "string" ? null : to;
    const path = typeof to === "string" ? to : new URL(to.url).pathname;
    asked.push({
      method: request?.method ?? "GET",
      path,
      token: request?.headers.get("x-proli-token") ?? null,
    });
    const next = answers.shift();
    if (!next || next instanceof Error) throw next ?? new TypeError("nobody answers");
    return next;
  });
});

const page = async (id = 1) => {
  const client = await import("./client");
  client.keepToken(me(id, "old") as never);
  const another = vi.fn();
  client.whenAnother(another);
  return { ...client, another };
};
const rename = (client: Awaited<ReturnType<typeof page>>) =>
  client.told(client.api.PATCH("/api/me", { body: { name: "דנה" } }));

test("a token of a former sign-in is replaced, and what was wanted is done", async () => {
  const client = await page();
  answers = [
    refused(403, "forbidden", { reason: "forgery_token" }),
    Response.json(me(1, "new")),
    Response.json(me(1, "new")),
  ];
  await rename(client);
  expect(asked.map(({ path, token }) => [path, token])).toEqual([
    ["/api/me", "old"],
    ["/api/me", null],
    ["/api/me", "new"],
  ]);
  expect(client.another).not.toHaveBeenCalled();
});

test("where somebody else is signed in now nothing is done in their name, and the page begins anew", async () => {
  const client = await page();
  answers = [refused(403, "forbidden", { reason: "forgery_token" }), Response.json(me(2, "new"))];
  await expect(rename(client)).rejects.toMatchObject({ code: "forbidden" });
  expect(asked).toHaveLength(2);
  expect(client.another).toHaveBeenCalledOnce();
});

test("another role is no old token: it is said no to at once", async () => {
  const client = await page();
  answers = [refused(403, "forbidden", { needs: "owner" })];
  await expect(rename(client)).rejects.toMatchObject({ code: "forbidden" });
  expect(asked).toHaveLength(1);
});

test("a token that stays wrong is asked for a bounded number of times", async () => {
  const client = await page();
  answers = Array.from({ length: 9 }, (_, at) =>
    at % 2 ? Response.json(me(1, "new")) : refused(403, "forbidden", { reason: "forgery_token" }),
  );
  await expect(rename(client)).rejects.toMatchObject({ code: "forbidden" });
  expect(asked.length).toBeLessThan(9);
});

test("another tab's sign-in of the same person changes nothing, and that of another begins the page anew", async () => {
  const client = await page();
  client.hearOfUser("1");
  expect(client.another).not.toHaveBeenCalled();
  client.hearOfUser("2");
  expect(client.another).toHaveBeenCalledOnce();
});

test("nobody is signed out before the server has said so", async () => {
  const client = await page();
  answers = [new TypeError("offline"), refused(503, "unavailable")];
  await expect(client.signOut()).rejects.toMatchObject({ status: 0 });
  await expect(client.signOut()).rejects.toMatchObject({ status: 503 });
  answers = [new Response(null, { status: 204 })];
  await client.signOut();
  answers = [Response.json(me(1, "new"))];
  await expect(rename(client)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(asked).toHaveLength(3);
});
