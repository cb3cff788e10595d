import { useMutation, useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useBusiness } from "@/session/business";
import { useLeadsChanged } from "../api";

export type Preview = Schemas["ImportPreview"];
export type Row = Schemas["RowOut"];
export type Fault = Schemas["RowError"];
export type Meaning = NonNullable<Preview["columns"][number]["field"]>;
export type Meanings = (Meaning | null)[];

export const MEANINGS: Meaning[] = [
  "phone",
  "customer_name",
  "locality",
  "address",
  "trade",
  "description",
  "urgency",
  "created_at",
  "status",
];
export const MOST_BYTES = 5_000_000;

/** A file as it was when it was chosen; whatever becomes of the one on the disk, this one can be sent again. */
export interface Taken {
  id: string;
  name: string;
  bytes: ArrayBuffer;
}

export async function take(file: File): Promise<Taken | "tooLarge" | "unreadable"> {
  if (file.size > MOST_BYTES) return "tooLarge";
  try {
    return { id: crypto.randomUUID(), name: file.name, bytes: await file.arrayBuffer() };
  } catch {
    return "unreadable";
  }
}

/** A column means something else; no two mean the same, so that whichever did gives it up. */
export function meant(meanings: Meanings, column: number, meaning: Meaning | null): Meanings {
  return meanings.map((now, at) => (at === column ? meaning : now === meaning ? null : now));
}

/** What is wrong in a row, by what its columns mean. */
export function faultsOf(faults: Fault[], row: number): Map<Meaning, Fault> {
  return new Map(faults.filter((fault) => fault.row === row).map((fault) => [fault.field, fault]));
}

/** Rows that do not come, each counted once however much is wrong with it. */
export const rowsIn = (faults: Fault[]) => new Set(faults.map(({ row }) => row)).size;

/** The first row that says something of a meaning, to tell the column by. */
export const sampleOf = (rows: Row[], meaning: Meaning) => rows.find((row) => row[meaning]) ?? null;

/** How a file is to be read: which of its rows names the columns, and what they hold; null is for the server to guess. */
export interface Reading {
  headerRow: number | null;
  meanings: Meanings | null;
}

const queryOf = ({ headerRow, meanings }: Reading) => ({
  header_row: headerRow ?? undefined,
  columns: meanings ? JSON.stringify(meanings) : undefined,
});

/** The body is the file itself, whatever the client would make of it. */
const asItIs = ({ bytes }: Taken) => ({
  body: "",
  bodySerializer: () => bytes,
  headers: { "content-type": "application/octet-stream" },
});

/** What the file would bring, as its columns are understood now. */
export function usePreview(file: Taken, reading: Reading) {
  const { slug } = useBusiness();
  const query = queryOf(reading);
  return useQuery({
    queryKey: [slug, "import", file.id, query],
    networkMode: "always",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () =>
      told(
        api.POST("/api/businesses/{slug}/leads/import/preview", {
          params: { path: { slug }, query },
          ...asItIs(file),
        }),
      ),
  });
}

export function useImport() {
  const { slug } = useBusiness();
  const changed = useLeadsChanged();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ file, reading }: { file: Taken; reading: Reading }) =>
      told(
        api.POST("/api/businesses/{slug}/leads/import", {
          params: { path: { slug }, query: queryOf(reading) },
          ...asItIs(file),
        }),
      ),
    onSettled: () => changed(),
  });
}
