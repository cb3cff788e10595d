import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Input } from "@/ui/Field";
import { usePlaces } from "./places";

interface Props {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  name?: string;
}

/** A town by its name, with suggestions in the language of the page. The server knows more spellings than it shows. */
export function PlaceInput({ value, onChange, onBlur, name }: Props) {
  const { i18n } = useTranslation();
  const [typed, setTyped] = useState("");
  const { data } = usePlaces(typed);
  const list = useId();
  return (
    <>
      <Input
        dir="auto"
        list={list}
        name={name}
        autoComplete="off"
        value={value}
        onBlur={onBlur}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(event.target.value);
        }}
      />
      <datalist id={list}>
        {data?.map((place) => (
          <option key={place.he} value={place.he}>
            {i18n.language === "en" ? place.en : undefined}
          </option>
        ))}
      </datalist>
    </>
  );
}
