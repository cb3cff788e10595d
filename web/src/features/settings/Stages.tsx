import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { STATUSES, type Stage, useStages } from "@/domain/stages";
import { useRefusalWords } from "@/i18n/refusals";
import { cn } from "@/lib/cn";
import { useTouched } from "@/session/touched";
import { Badge, TONES, type Tone, toneOf } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { Field, Form, Input, Select } from "@/ui/Field";
import { Menu, MenuItem } from "@/ui/Menu";
import { Card, Failed, Skeletons } from "@/ui/Page";
import { Alert } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { useAct } from "./api";
import { Intro } from "./parts";

const NO_STAGES: Stage[] = [];
const MOST = 20;
const COLOURS = Object.keys(TONES) as Tone[];

interface Row {
  key: string;
  id: number | null;
  name: string;
  kind: Stage["kind"];
  colour: Tone;
  /** Made here just now: its status may still be chosen. */
  fresh: boolean;
}

const rowsOf = (stages: Stage[]): Row[] =>
  stages.map(({ id, name, kind, colour }) => ({
    key: String(id ?? kind),
    id,
    name,
    kind,
    colour: toneOf(colour),
    fresh: false,
  }));

/** The board's columns, to be renamed, coloured, added, put in order and removed; saved together. */
export function Stages() {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const stages = useStages();
  const [problem, setProblem] = useState<string | null>(null);
  const [focus, setFocus] = useState({ key: "", on: "", said: "" });
  const list = useRef<HTMLUListElement>(null);
  const put = useAct<Row[], Stage[]>("stages", (slug, rows) =>
    told(
      api.PUT("/api/businesses/{slug}/stages", {
        params: { path: { slug } },
        body: { stages: rows.map(({ id, name, kind, colour }) => ({ id, name: name.trim(), kind, colour })) },
      }),
    ),
  );

  const { values, dirty, change, clear } = useTouched("settings.stages", {
    rows: rowsOf(stages.data ?? NO_STAGES),
  });
  const { rows } = values;
  const setRows = (next: Row[]) => change("rows", next);

  // A row that moves takes the focus with it, so that it can be moved on with the keyboard; a new one begins at its name.
  useEffect(() => {
    if (!focus.key) return;
    const row = list.current?.querySelector(`[data-row="${focus.key}"]`);
    const wanted = [focus.on, "up", "down"].map((on) =>
      row?.querySelector<HTMLElement>(`[data-focus="${on}"]:enabled`),
    );
    wanted.find((one) => one)?.focus();
  }, [focus]);

  if (!stages.data) {
    if (stages.isError) return <Failed error={stages.error} retry={() => void stages.refetch()} />;
    return <Skeletons rows={6} />;
  }
  const only = (row: Row) => rows.filter(({ kind }) => kind === row.kind).length === 1;
  const edit = (key: string, changes: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  const move = (index: number, direction: "up" | "down") => {
    const to = index + (direction === "up" ? -1 : 1);
    const [row, other] = [rows[index], rows[to]];
    if (!row || !other) return;
    const next = [...rows];
    next[index] = other;
    next[to] = row;
    setRows(next);
    setFocus({
      key: row.key,
      on: direction,
      said: t("settings.stages.moved", { name: row.name, place: to + 1 }),
    });
  };
  const add = () => {
    const row: Row = {
      key: `new-${Date.now()}`,
      id: null,
      name: "",
      kind: "contacted",
      colour: "violet",
      fresh: true,
    };
    const behind = rows.findLastIndex(({ kind }) => kind === row.kind) + 1;
    setRows([...rows.slice(0, behind), row, ...rows.slice(behind)]);
    setFocus({ key: row.key, on: "name", said: "" });
  };
  const drop = () => {
    clear();
    setProblem(null);
    put.reset();
  };
  const save = () => {
    if (rows.some(({ name }) => !name.trim())) return setProblem(t("settings.stages.nameless"));
    setProblem(null);
    put.mutate(rows, {
      onSuccess: () => {
        clear();
        say(t("common.saved"));
      },
    });
  };

  return (
    <Form className="flex flex-col gap-4" onSend={save}>
      <Intro>{t("settings.stages.intro")}</Intro>
      <Card
        title={t("settings.stages.title")}
        action={
          <Button size="sm" onClick={add} disabled={rows.length >= MOST}>
            <Plus className="size-4" />
            {t("settings.stages.add")}
          </Button>
        }
      >
        <p aria-live="polite" className="sr-only">
          {focus.said}
        </p>
        <ul ref={list} className="flex flex-col divide-y divide-line">
          {rows.map((row, index) => (
            <li
              key={row.key}
              data-row={row.key}
              className="grid grid-cols-[auto_1fr_auto] items-center gap-2 py-2.5 sm:grid-cols-[auto_auto_minmax(0,1fr)_190px_auto]"
            >
              <span className="row-span-2 flex flex-col sm:row-span-1 sm:flex-row">
                <IconButton
                  data-focus="up"
                  disabled={index === 0}
                  aria-label={t("settings.stages.up", { name: row.name })}
                  onClick={() => move(index, "up")}
                >
                  <ArrowUp className="size-4" />
                </IconButton>
                <IconButton
                  data-focus="down"
                  disabled={index === rows.length - 1}
                  aria-label={t("settings.stages.down", { name: row.name })}
                  onClick={() => move(index, "down")}
                >
                  <ArrowDown className="size-4" />
                </IconButton>
              </span>
              <span className="col-start-2 row-start-2 sm:col-start-auto sm:row-start-auto">
                <ColourMenu row={row} onChange={(colour) => edit(row.key, { colour })} />
              </span>
              <Field
                label={t("settings.stages.name")}
                silent
                className="col-start-2 row-start-1 sm:col-start-auto sm:row-start-auto"
              >
                <Input
                  data-focus="name"
                  dir="auto"
                  maxLength={40}
                  value={row.name}
                  placeholder={t("settings.stages.newName")}
                  onChange={(event) => edit(row.key, { name: event.target.value })}
                />
              </Field>
              <span className="col-start-2 row-start-2 ms-24 sm:col-start-auto sm:row-start-auto sm:ms-0">
                {row.fresh ? (
                  <Field label={t("settings.stages.kind")} silent>
                    <Select
                      value={row.kind}
                      onChange={(event) => edit(row.key, { kind: event.target.value as Row["kind"] })}
                    >
                      {STATUSES.map((status) => (
                        <option key={status} value={status}>
                          {t(`words.status.${status}`)}
                        </option>
                      ))}
                    </Select>
                  </Field>
                ) : (
                  <span className="text-sm text-ink-soft">
                    {t("settings.stages.ofStatus", { status: t(`words.status.${row.kind}`) })}
                  </span>
                )}
              </span>
              <IconButton
                className="col-start-3 row-start-1 sm:col-start-auto sm:row-start-auto"
                disabled={only(row)}
                title={only(row) ? t("settings.stages.onlyOne") : undefined}
                aria-label={t("settings.stages.remove", { name: row.name })}
                onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
              >
                <Trash2 className="size-4" />
              </IconButton>
            </li>
          ))}
        </ul>
        <p className="mt-3 text-sm text-ink-soft">{t("settings.stages.rule")}</p>
      </Card>
      {problem || put.error ? <Alert>{problem ?? words(put.error)}</Alert> : null}
      {dirty ? (
        <div className="flex gap-2">
          <Button look="primary" type="submit" busy={put.isPending}>
            {t("common.save")}
          </Button>
          <Button onClick={drop}>{t("common.cancel")}</Button>
        </div>
      ) : null}
    </Form>
  );
}

function ColourMenu({ row, onChange }: { row: Row; onChange: (colour: Tone) => void }) {
  const { t } = useTranslation();
  const name = t(`settings.colour.${row.colour}`);
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={t("settings.stages.colourOf", { name: row.name, colour: name })}
          className="flex h-8 items-center rounded-full"
        >
          <Badge tone={row.colour} className="h-7 w-20 justify-center">
            {name}
          </Badge>
        </button>
      }
    >
      {COLOURS.map((colour) => (
        <MenuItem
          key={colour}
          onSelect={() => onChange(colour)}
          icon={
            <span aria-hidden className={cn("size-4 rounded-full border border-current", TONES[colour])} />
          }
        >
          {t(`settings.colour.${colour}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
