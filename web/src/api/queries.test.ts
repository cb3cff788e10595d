import { QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { Queries } from "./queries";

/** A server whose answers are given by hand, each with what was true when it was asked. */
function server() {
  const answers: ((value: number) => void)[] = [];
  return { answers, ask: () => new Promise<number>((resolve) => answers.push(resolve)) };
}

async function watched(client: Queries) {
  const { answers, ask } = server();
  const observer = new QueryObserver(client, {
    queryKey: ["firm", "lead", 1],
    queryFn: ask,
    staleTime: 60_000,
  });
  const end = observer.subscribe(() => undefined);
  return { answers, observer, end };
}

const soon = () => new Promise((resolve) => setTimeout(resolve));

test("what changes while a page loads it for the first time is loaded again", async () => {
  const client = new Queries();
  const { answers, observer, end } = await watched(client);
  await soon();
  void client.invalidateQueries({ queryKey: ["firm", "lead"] });
  answers[0]?.(1);
  await soon();
  answers[1]?.(2);
  await soon();
  expect(observer.getCurrentResult().data).toBe(2);
  expect(answers).toHaveLength(2);
  end();
});

test("many changes during the first load make one more", async () => {
  const client = new Queries();
  const { answers, observer, end } = await watched(client);
  await soon();
  for (let change = 0; change < 5; change++) void client.invalidateQueries({ queryKey: ["firm"] });
  answers[0]?.(1);
  await soon();
  await soon();
  answers.at(-1)?.(2);
  await soon();
  expect(observer.getCurrentResult().data).toBe(2);
  expect(answers).toHaveLength(2);
  end();
});

test("what nobody changed is loaded once", async () => {
  const client = new Queries();
  const { answers, end } = await watched(client);
  await soon();
  void client.invalidateQueries({ queryKey: ["other"] });
  answers[0]?.(1);
  await soon();
  expect(answers).toHaveLength(1);
  end();
});
